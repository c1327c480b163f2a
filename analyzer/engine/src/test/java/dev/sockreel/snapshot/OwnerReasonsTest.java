package dev.sockreel.snapshot;

import static dev.sockreel.verdict.WrittenCapture.process;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.verdict.WrittenCapture;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tests the reasons why a socket's owners are not known. */
class OwnerReasonsTest {
    private static final NlmsgBuilder UNIX = DiagRequest.unix(LITTLE_ENDIAN, 0xffffffffL, 0, 0x77, 0);
    private static final NlmsgBuilder TCP =
            DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, 6, 0xff, 0xffffffffL);

    private static WrittenCapture capture() {
        return WrittenCapture.begin(LITTLE_ENDIAN).snapshot(0);
    }

    /** Returns a dump of unconnected unix sockets with these inodes. */
    private static List<byte[]> unix(long... inodes) {
        DumpBuilder dump = new DumpBuilder();
        for (long inode : inodes) {
            dump.add(UnixDiagMsgBuilder.in(LITTLE_ENDIAN).type(1).state(7).inode(inode).cookie(inode + 1000)
                    .header(h -> h.seq(1)).toBytes());
        }
        return dump.add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).datagrams(32768);
    }

    /** Returns for each socket why its owners are null. */
    private static Map<Long, String> reasons(Snapshot snapshot) {
        Map<Long, String> out = new TreeMap<>();
        new SnapshotSockets(snapshot).forEach(row -> {
            var why = row.unknown().get("owners");
            assertEquals(why, row.unknown().get("comm"));
            out.put(row.socket().inode(), why == null ? OwnerTexts.of(row.owners()) + "" : why.id());
        });
        return out;
    }

    @Test
    void aSocketYoungerThanTheScanAppearedLater() {
        List<Snapshot> all = capture().dump("unix", UNIX, unix(100, 101)).owners(0, process(7, "a", 'S', 100))
                .snapshot(1).dump("unix", UNIX, unix(100, 101, 102)).states(process(7, "a", 'S')).read();
        assertEquals(Map.of(100L, "[7 a 3 S]", 101L, "[]"), reasons(all.getFirst()));
        assertEquals(Map.of(100L, "[7 a 3 S]", 101L, "not-requested", 102L, "appeared-later"), reasons(all.get(1)));
    }

    @Test
    void itAppearedLaterAlsoIfTheScanCouldNotLookEverywhere() {
        List<Snapshot> all = capture().dump("unix", UNIX, unix(100, 101)).owners(3, process(7, "a", 'S', 100))
                .snapshot(1).dump("unix", UNIX, unix(100, 101, 102)).states(process(7, "a", 'S')).read();
        assertEquals(Map.of(100L, "[7 a 3 S]", 101L, "not-permitted"), reasons(all.getFirst()));
        assertEquals(Map.of(100L, "[7 a 3 S]", 101L, "not-permitted", 102L, "appeared-later"), reasons(all.get(1)));
    }

    /** Where no complete dump shows that the socket is younger, a refused scan remains the reason. */
    @Test
    void whatNoDumpListedMayBeOld() {
        List<Snapshot> all = capture().dump("tcp4", TCP, unix()).owners(3)
                .snapshot(1).dump("unix", UNIX, unix(102)).states().read();
        assertEquals(Map.of(102L, "not-permitted"), reasons(all.get(1)));
    }

    @Test
    void aHolderThatHasEndedIsNotNamed() {
        List<Snapshot> all = capture().dump("unix", UNIX, unix(100, 101))
                .owners(0, process(7, "a", 'S', 100, 101), process(8, "b", 'S', 101))
                .snapshot(1).dump("unix", UNIX, unix(100, 101)).states(process(8, "b", 'T'))
                .snapshot(2).dump("unix", UNIX, unix(100, 101)).states(process(8, "b", 'S')).read();
        assertEquals(Map.of(100L, "holder-ended", 101L, "[8 b 3 T]"), reasons(all.get(1)));
        assertEquals(Map.of(100L, "holder-ended", 101L, "[8 b 3 S]"), reasons(all.get(2)));
    }

    /** A socket that only the text of /proc/net shows was there at the look-up, too. */
    @Test
    void aSocketOfProcWasListedBefore() {
        byte[] text = ProcTextBuilder.unix().unix(0, 1, 1, 101, "").toBytes();
        byte[] later = ProcTextBuilder.unix().unix(0, 1, 1, 101, "").unix(0, 1, 1, 102, "").toBytes();
        List<Snapshot> all = capture().noDump("unix", UNIX, DumpEnd.Outcome.NOT_LOADED)
                .procText("/proc/net/unix", text).owners(0)
                .snapshot(1).noDump("unix", UNIX, DumpEnd.Outcome.NOT_LOADED)
                .procText("/proc/net/unix", later).states().read();
        assertEquals(Map.of(101L, "not-requested", 102L, "appeared-later"), reasons(all.get(1)));
    }

    @Test
    void withoutAScanNoOwnersWereRequested() {
        assertEquals(Map.of(100L, "not-requested"),
                reasons(capture().dump("unix", UNIX, unix(100)).read().getFirst()));
    }
}
