package dev.sockreel.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.verdict.WrittenCapture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads snapshots that are as large as a limit allows, and one more. */
class SnapshotLimitsTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final NlmsgBuilder UNIX = DiagRequest.unix(ORDER, 0xffffffffL, 0, 0x77, 0).seq(0);

    private static NetworkNamespace netns(int number) {
        return new NetworkNamespace(number, 0, 0, "", List.of());
    }

    private static DumpBegin dump(int number, int netns, String family) {
        return new DumpBegin(number, 0, netns, family, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 32768,
                ReceiveTime.NONE, new byte[0]);
    }

    private static List<byte[]> sockets(int n) {
        DumpBuilder dump = new DumpBuilder();
        for (int i = 1; i <= n; i++) {
            dump.add(UnixDiagMsgBuilder.in(ORDER).inode(i).cookie(i));
        }
        return dump.add(NlmsgBuilder.done(ORDER, 0)).datagrams(32768);
    }

    private static WrittenCapture snapshot(WrittenCapture to, int second, int sockets) {
        return to.snapshot(second).dump("unix", UNIX, sockets(sockets));
    }

    private static List<Integer> read(Path file, long maxBytes, List<Damage> damages) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (SnapshotReader reader = new SnapshotReader(CaptureReader.open(file), maxBytes)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                numbers.add(s.index());
            }
            damages.addAll(reader.capture().damages());
        }
        return numbers;
    }

    /** Returns the least memory with which nothing is passed over. */
    private static long needs(Path file) throws IOException {
        long low = 0;
        long high = 1 << 20;
        while (high - low > 1) {
            long middle = (low + high) / 2;
            List<Damage> damages = new ArrayList<>();
            boolean fits;
            try {
                read(file, middle, damages);
                fits = damages.isEmpty();
            } catch (IOException e) {
                fits = false;
            }
            low = fits ? low : middle;
            high = fits ? middle : high;
        }
        return high;
    }

    @Test
    void aSnapshotThatTakesTooMuchMemoryIsPassedOverAndTheOthersAreRead() throws IOException {
        WrittenCapture written = WrittenCapture.begin(ORDER);
        Path file = snapshot(snapshot(snapshot(written, 0, 10), 1, 1000), 2, 10).finish();
        long needed = needs(file);
        assertTrue(needed > 1000 * 132, () -> "1000 sockets of 32 bytes, and 100 for each in tables: " + needed);

        List<Damage> damages = new ArrayList<>();
        assertEquals(List.of(0, 1, 2), read(file, needed + 1, damages));
        assertEquals(List.of(0, 1, 2), read(file, needed, damages));
        assertEquals(List.of(), damages);
        assertEquals(List.of(0, 2), read(file, needed - 1, damages));
        assertEquals(Damage.Kind.LIMIT, damages.getFirst().kind());
        assertTrue(damages.getFirst().why().startsWith("snapshot 1 takes more than 0 MiB, a third of the heap"),
                () -> damages.getFirst().why());
        assertEquals(1, damages.size());
    }

    @Test
    void aFileWithoutASnapshotThatFitsCannotBeRead() throws IOException {
        Path file = snapshot(WrittenCapture.begin(ORDER), 0, 1000).finish();
        long needed = needs(file);
        IOException e = assertThrows(IOException.class, () -> read(file, needed - 1, new ArrayList<>()));
        assertTrue(String.valueOf(e.getMessage()).contains("SOCKREEL_JAVA_OPTS=-Xmx"), e::getMessage);
    }

    @Test
    void namespacesBeyondTheLimitArePassedOver() {
        SnapshotLimits limits = new SnapshotLimits(Long.MAX_VALUE);
        for (int i = 0; i < SnapshotLimits.MAX_NAMESPACES; i++) {
            assertNull(limits.add(netns(i)));
        }
        assertNull(limits.add(netns(7)), "the same again");
        assertNotNull(limits.add(netns(-1)));
    }

    @Test
    void dumpsOfOneKindBeyondTheLimitArePassedOver() {
        SnapshotLimits limits = new SnapshotLimits(Long.MAX_VALUE);
        DumpRequest tcp = DumpRequest.ofFamilyId("tcp4");
        for (int i = 0; i < SnapshotLimits.MAX_DUMPS_OF_A_KIND; i++) {
            assertNull(limits.add(dump(i, 0, "tcp4"), tcp));
        }
        assertNotNull(limits.add(dump(-1, 0, "tcp4"), tcp));
        assertNotNull(limits.add(dump(-1, 0, "tcp6"), DumpRequest.ofFamilyId("tcp6")), "the same kind");
        assertNull(limits.add(dump(-1, 1, "tcp4"), tcp), "another namespace");
        assertNull(limits.add(dump(-1, 0, "udp4"), DumpRequest.ofFamilyId("udp4")), "another kind");
    }

    @Test
    void dumpsBeyondTheLimitArePassedOver() {
        SnapshotLimits limits = new SnapshotLimits(Long.MAX_VALUE);
        DumpRequest unix = DumpRequest.ofFamilyId("unix");
        for (int i = 0; i < SnapshotLimits.MAX_DUMPS; i++) {
            assertNull(limits.add(dump(i, i / SnapshotLimits.MAX_DUMPS_OF_A_KIND, "unix"), unix));
        }
        assertNotNull(limits.add(dump(0, -1, "unix"), unix));
    }

    @Test
    void dumpsThatArePassedOverAreDamageAndTheirSnapshotIsDamaged() throws IOException {
        WrittenCapture written = WrittenCapture.begin(ORDER).snapshot(0);
        int most = SnapshotLimits.MAX_DUMPS_OF_A_KIND;
        for (int i = 0; i < most + 2; i++) {
            written.dump("unix", UNIX, sockets(1));
        }
        try (SnapshotReader reader = SnapshotReader.open(written.finish())) {
            Snapshot s = reader.next();
            assertNotNull(s);
            assertTrue(s.damaged());
            assertEquals(most, s.dumps().size());
            assertEquals(1, reader.capture().damages().size());
        }
    }

    @Test
    void notesBetweenSnapshotsBeyondTheLimitAreDamage() throws IOException {
        for (int more : new int[] {-1, 0, 1}) {
            WrittenCapture written = WrittenCapture.begin(ORDER);
            for (int i = 0; i < LooseRecords.MAX_LOOSE + more; i++) {
                written.write(new RecorderNote(-1, -1, RecorderNote.Kind.IMPORT_REPORT, 0, ReceiveTime.NONE, ""));
            }
            List<Damage> damages = new ArrayList<>();
            read(snapshot(written, 0, 1).finish(), Long.MAX_VALUE, damages);
            assertEquals(Math.max(0, more), damages.size());
        }
    }
}
