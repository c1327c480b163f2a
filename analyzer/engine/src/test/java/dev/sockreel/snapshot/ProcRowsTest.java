package dev.sockreel.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.detector.FindingsRun;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.TruthSocket;
import dev.sockreel.source.ImportedCapture;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests rows from /proc/net, which replace missing handlers and cause no false findings. */
class ProcRowsTest {
    private static final ImportedCapture NOMODS = ImportedCapture.folder(Capture.NOMODS, "snap");
    private static final ImportedCapture MODS = ImportedCapture.folder(Capture.MODS, "snap");

    @Test
    void withoutModulesEveryRowComesFromProc() {
        List<SocketRow> rows = NOMODS.rows(0);
        assertTrue(rows.size() > 150, rows.size() + " rows");
        assertEquals(Set.of("proc"), sources(rows));
    }

    @Test
    void withModulesNoneDoes() {
        assertEquals(Set.of("sock_diag"), sources(MODS.rows(0)));
    }

    private static Set<String> sources(List<SocketRow> rows) {
        return rows.stream().map(r -> r.socket().source()).collect(Collectors.toSet());
    }

    @Test
    void ownersAreFoundByInode() {
        TruthSocket stuck = Truth.step(Capture.unpack(Capture.NOMODS), 1).stream()
                .filter(s -> s.name().equals("mv.stuck.server"))
                .findFirst()
                .orElseThrow();
        Long inode = stuck.inode();
        SocketRow row = NOMODS.rows(0).stream()
                .filter(r -> inode != null && r.socket().inode() == inode)
                .findFirst()
                .orElseThrow();
        List<Owner> owners = row.owners();
        assertTrue(owners != null && owners.size() == 1 && owners.getFirst().comm().equals("hd-mover"), "" + owners);
    }

    @Test
    void nothingThatFollowsFromProcIsProved() {
        FindingsRun run = new FindingsRun(Thresholds.DEFAULT);
        NOMODS.snapshots().forEach(run::add);
        List<Finding> findings = run.finish().findings();
        Set<String> ids = new HashSet<>();
        for (Finding f : findings) {
            ids.add(f.id());
            assertNotEquals(Certainty.PROVED, f.certainty(), f.why());
        }
        assertEquals(Set.of("unread-unproven", "eof-unread"), ids);
        List<String> likely = findings.stream()
                .filter(f -> f.certainty() == Certainty.LIKELY && f.id().equals("unread-unproven"))
                .map(f -> String.valueOf(f.socket().peer()))
                .toList();
        assertEquals(List.of("127.0.0.1:46002"), likely, "only mv.grow never falls and grows");
    }

    @Test
    void aFolderOfCopiesIsASnapshotWithoutTimes() throws IOException {
        ImportedCapture copies = ImportedCapture.of(Capture.unpack(Capture.NOMODS).resolve("proc-before"));
        assertEquals(1, copies.snapshots().size());
        Set<String> kinds = copies.rows(0).stream().map(r -> r.socket().netid()).collect(Collectors.toSet());
        assertEquals(Set.of("tcp", "udp", "udplite", "raw", "u_str", "u_dgr", "u_seq", "p_raw", "p_dgr", "nl"), kinds);
        assertTrue(copies.rows(0).stream().noneMatch(r -> r.time().isKnown()));
    }
}
