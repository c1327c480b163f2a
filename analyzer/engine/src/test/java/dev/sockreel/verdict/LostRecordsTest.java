package dev.sockreel.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureRecovery;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.ReelFile.Entry;
import dev.sockreel.fixtures.ReelFile.Group;
import dev.sockreel.fixtures.ReelFile;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.output.Output;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Removes any range of records from a capture, and recovers it: no incomplete dump is called complete, and nothing is
 * in the wrong snapshot or appears twice.
 */
class LostRecordsTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int SNAPSHOTS = 2;
    private static final int SEQ = 1;
    private static final String TEXT = "sockets: used 5\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private ReelFile whole = new ReelFile(List.of());

    /** Writes snapshots of two dumps of three datagrams, and a text and a scan of two parts each. */
    @BeforeEach
    void writeCapture() throws IOException {
        WrittenCapture capture = WrittenCapture.begin(ORDER);
        for (int s = 0; s < SNAPSHOTS; s++) {
            capture.snapshot(s);
            for (int part = 0; part < 2; part++) {
                capture.write(new ProcText(s, 0, "/proc/net/sockstat", ProcText.When.BEFORE_DUMPS, 0, part, part == 1,
                        ReceiveTime.NONE,
                        Unpooled.wrappedBuffer(TEXT.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
            }
            capture.dump("tcp4", request(Uapi.AF_INET), datagrams(10 * s));
            capture.dump("tcp6", request(Uapi.AF_INET6), datagrams(10 * s + 5));
            for (int part = 0; part < 2; part++) {
                capture.write(new Owners(s, true, part, part == 1, ReceiveTime.NONE, ReceiveTime.NONE, 2, 0, 0,
                        List.of(WrittenCapture.process(part + 1, "p", 'S', 100 + part))));
            }
        }
        ReelFile file = ReelFile.parse(Files.readAllBytes(capture.finish()));
        whole = file.with(oneGroupEach(file));
    }

    private static NlmsgBuilder request(int family) {
        return DiagRequest.inet(ORDER, family, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL).seq(SEQ);
    }

    private static List<byte[]> datagrams(int cookie) {
        List<byte[]> datagrams = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int own = cookie + i;
            datagrams
                    .add(InetDiagMsgBuilder.in(ORDER).cookie(own + 1).inode(100 + i).header(h -> h.seq(SEQ)).toBytes());
        }
        datagrams.add(NlmsgBuilder.done(ORDER, 0).seq(SEQ).toBytes());
        return datagrams;
    }

    /** Puts each record into a group of its own, as if each were 4 MiB. */
    private static List<Group> oneGroupEach(ReelFile file) {
        List<Group> groups = new ArrayList<>();
        for (Group g : file.groups()) {
            for (Entry entry : g.entries()) {
                groups.add(g.with(List.of(entry)).withNumber(groups.size()));
            }
        }
        return groups;
    }

    /**
     * The removed records.
     *
     * @param atEnd true if they are the file's last: after NLMSG_DONE the dump lacks only its DumpEnd
     */
    private record Missing(List<Entry> records, boolean atEnd) {
        boolean hasPartOf(Dump dump) {
            int last = atEnd ? 6 : 7;
            return records.stream()
                    .anyMatch(e -> e.type() >= 5 && e.type() <= last && e.number(0) == dump.begin().dump());
        }

        boolean has(int type, int snapshot) {
            return records.stream().anyMatch(e -> e.type() == type && e.number(0) == snapshot);
        }

        boolean hasPartOf(int snapshot) {
            boolean dumps = records.stream()
                    .anyMatch(e -> e.type() >= 5 && e.type() <= 7 && e.number(0) / 2 == snapshot);
            return dumps || has(4, snapshot) || has(8, snapshot) || has(9, snapshot) || has(11, snapshot);
        }
    }

    @Test
    void anyStretchOfRecordsMayBeMissing() throws IOException {
        int records = whole.groups().size();
        int complete = 0;
        for (int from = 0; from < records; from++) {
            for (int to = from + 1; to <= records; to += to - from < 6 ? 1 : 3) {
                List<Group> left = new ArrayList<>(whole.groups());
                Missing missing = new Missing(
                        left.subList(from, to).stream().flatMap(g -> g.entries().stream()).toList(), to == records);
                left.subList(from, to).clear();
                if (!left.isEmpty()) {
                    complete += check(left, missing, "records " + from + " to " + to + " missing");
                }
            }
        }
        assertTrue(complete > 300, "complete dumps " + complete);
    }

    @Test
    void anyTwoRecordsMayBeMissing() throws IOException {
        int records = whole.groups().size();
        for (int first = 0; first < records; first++) {
            for (int second = first + 2; second < records; second += 5) {
                List<Group> left = new ArrayList<>(whole.groups());
                List<Entry> gone = new ArrayList<>(left.remove(second).entries());
                gone.addAll(left.remove(first).entries());
                check(left, new Missing(gone, false), "records " + first + " and " + second + " missing");
            }
        }
    }

    private int check(List<Group> left, Missing missing, String what) throws IOException {
        Path damaged = Files.write(folder.resolve("damaged.reel"), whole.with(left).toBytes());
        Path recovered = folder.resolve("recovered.reel");
        Files.deleteIfExists(recovered);
        CaptureRecovery.Result result = CaptureRecovery.run(damaged, Output.of(recovered, false), loss -> {});
        assertFalse(result.whole(), what);
        try (CaptureReader in = CaptureReader.open(recovered)) {
            while (in.next() != null) {
                assertEquals(0, in.damageCount(), what);
            }
            assertTrue(in.isWhole(), what);
        }
        check(damaged, missing, what);
        return check(recovered, new Missing(missing.records(), false), what + ", recovered");
    }

    private static int check(Path file, Missing missing, String what) throws IOException {
        int complete = 0;
        Set<Integer> dumps = new HashSet<>();
        int before = -1;
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                String where = what + ", snapshot " + s.index();
                assertTrue(s.index() > before, where);
                before = s.index();
                assertTrue(!missing.hasPartOf(s.index()) || s.damaged() || !s.isFinished(), where);
                assertTrue(!missing.has(9, s.index()) || !s.owners().isComplete()
                        || s.owners().scanSnapshot() != s.index(), where);
                for (ProcFile text : s.procFiles()) {
                    assertEquals(!missing.has(8, s.index()), text.whole(), where);
                }
                for (Dump dump : s.dumps()) {
                    assertTrue(dumps.add(dump.begin().dump()), where);
                    checkDump(s, dump, missing, where + ", " + dump.family());
                    complete += dump.isComplete() ? 1 : 0;
                }
            }
        }
        for (int dump = 0; dump < 2 * SNAPSHOTS; dump++) {
            int number = dump;
            boolean begins = missing.records().stream().noneMatch(e -> e.type() == 5 && e.number(0) == number);
            assertEquals(begins, dumps.contains(dump), what + ", dump " + dump);
        }
        return complete;
    }

    private static void checkDump(Snapshot s, Dump dump, Missing missing, String where) {
        assertEquals(dump.begin().dump() / 2, s.index(), where);
        boolean known = missing.records().stream().noneMatch(e -> e.type() == 1 || e.type() == 4);
        if (missing.hasPartOf(dump)) {
            assertFalse(dump.isComplete(), where);
        } else if (known) {
            assertTrue(dump.isComplete() || s.damaged(), where + ": " + dump.faults());
        }
        long first = 10L * s.index() + 5L * (dump.begin().dump() % 2);
        SocketCursor cursor = dump.cursor();
        while (cursor.next()) {
            long own = cursor.socket().cookie() - first;
            assertTrue(own == 1 || own == 2, where + ": cookie " + cursor.socket().cookie());
        }
    }
}
