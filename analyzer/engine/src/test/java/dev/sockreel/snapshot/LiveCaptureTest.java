package dev.sockreel.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.detector.FindingsRun;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.MadeSocket;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.sockdiag.Socket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares a recording of a live kernel 6.18, from file to findings, with the maker's truth. */
class LiveCaptureTest {
    @TempDir
    static Path folder;

    private static final List<Snapshot> SNAPSHOTS = new ArrayList<>();
    private static Findings findings;

    @BeforeAll
    static void read() throws IOException {
        FindingsRun run = new FindingsRun(Thresholds.DEFAULT);
        try (SnapshotReader reader = SnapshotReader.open(LiveCapture.reel(folder))) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                SNAPSHOTS.add(s);
                run.add(s);
            }
            assertTrue(reader.capture().isWhole());
        }
        findings = run.finish();
    }

    private static Map<Long, SocketRow> rows(Snapshot snapshot) {
        Map<Long, SocketRow> rows = new HashMap<>();
        new SnapshotSockets(snapshot).forEach(row -> rows.put(row.socket().cookie(), row.hold()));
        return rows;
    }

    @Test
    void everySocketOfTheMakerIsListedAsMade() {
        Map<Long, SocketRow> rows = rows(SNAPSHOTS.getFirst());
        List<String> wrong = new ArrayList<>();
        for (MadeSocket made : LiveCapture.truth()) {
            if (made.kind().equals("raw")) {
                continue; // that kernel has no raw_diag
            }
            SocketRow row = rows.get(made.cookie());
            if (row == null) {
                wrong.add(made + " is missing");
                continue;
            }
            Socket s = row.socket();
            check(wrong, made, "inode", made.inode(), s.inode());
            check(wrong, made, "state", made.state(), s.state());
            Long unread = made.unread();
            boolean flows = made.kind().equals("tcp") && unread != null && unread == 0;
            if (s.unread().isPresent() && unread != null && !flows) {
                check(wrong, made, "unread", unread, s.unread().getAsLong());
            }
            Long backlog = made.backlog();
            Long pending = made.pending();
            if (backlog != null && pending != null) {
                check(wrong, made, "backlog", backlog, s.sendQ().kernelNumber());
                check(wrong, made, "pending", pending, s.recvQ().kernelNumber());
            }
            Long peerInode = made.peerInode();
            if (made.domain() == 1 && peerInode != null) {
                check(wrong, made, "peer", peerInode, s.peerInode());
            }
            List<Owner> owners = row.owners();
            boolean held = owners != null
                    && owners.stream().anyMatch(o -> o.pid() == made.pid() && o.fd() == made.fd()
                            && o.comm().equals("socketmaker"));
            check(wrong, made, "held by its maker", true, held);
        }
        assertEquals(List.of(), wrong);
    }

    private static void check(List<String> wrong, MadeSocket made, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            wrong.add(made + ": " + what + " expected " + expected + ", was " + actual);
        }
    }

    @Test
    void everyDumpIsCompleteOrItsHandlerIsMissing() {
        for (Snapshot s : SNAPSHOTS) {
            for (Dump d : s.dumps()) {
                DumpVerdict expected = d.family().equals("raw4") ? DumpVerdict.UNAVAILABLE : DumpVerdict.COMPLETE;
                assertEquals(expected, d.verdict(), s.index() + " " + d.family() + " " + d.faults());
            }
            assertNotNull(s.procFile("/proc/net/raw"), "text in place of raw_diag");
        }
        assertEquals(5, SNAPSHOTS.size());
    }

    @Test
    void exactlyTheStuckReadersAreProved() {
        Set<Long> expected = new TreeSet<>();
        for (MadeSocket made : LiveCapture.truth()) {
            if (made.kind().equals("tcp") && made.unread() != null && made.unread() > 0) {
                expected.add(made.cookie());
            }
        }
        Set<Long> proved = new TreeSet<>();
        for (Finding f : findings.findings()) {
            if (f.id().equals("unread-stuck")) {
                proved.add(f.socket().socket().cookie());
            }
        }
        assertEquals(2, expected.size());
        assertEquals(expected, proved);
    }
}
