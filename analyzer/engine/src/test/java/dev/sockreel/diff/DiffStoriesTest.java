package dev.sockreel.diff;

import static dev.sockreel.verdict.WrittenCapture.process;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.detector.Story;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.ImportedCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares synthetic pairs of snapshots. */
class DiffStoriesTest {
    private static Map<String, FieldChange> changes(Story story, boolean withAges) {
        return Compared.of(story.snapshots(), 0, 1, withAges).changed.getOrDefault(1L, Map.of());
    }

    /** A socket that is accepted or goes to TIME-WAIT remains the same socket with changed fields. */
    @Test
    void aLifeIsOneSocket() {
        Map<String, FieldChange> accepted = changes(Story.begin()
                .at(0).tcp(Story.tcp(9, 9).inode(0)).at(1).tcp(Story.tcp(9, 9)), false);
        // The kernel's uid 0 of a socket without an inode is unknown.
        assertEquals(Set.of("inode", "uid", "unknown.uid"), accepted.keySet());
        assertEquals(new FieldChange("inode", 0L, 100L), accepted.get("inode"));

        Map<String, FieldChange> closed = changes(Story.begin()
                .at(0).tcp(Story.tcp(0, 9)).at(1).tcp(Story.tcpWithoutInfo(0).inode(0).state(Uapi.TCP_TIME_WAIT)),
                false);
        assertEquals(new FieldChange("state", "ESTAB", "TIME-WAIT"), closed.get("state"));
        assertEquals(new FieldChange("recvQ", 0L, null), closed.get("recvQ"));
        assertEquals(new FieldChange("unknown.recvQ", null, "no-such-measure"), closed.get("unknown.recvQ"));
        FieldChange info = requireNonNull(closed.get("attributes.INET_DIAG_INFO"));
        assertTrue(info.from() instanceof Map<?, ?> && info.to() == null, info.toString());
    }

    /** A change between running and sleeping is ignored; stopped is reported. */
    @Test
    void ownersThatRunAndSleepAreTheSame() {
        Story asleep = Story.begin()
                .at(0).tcp(Story.tcp(9, 9)).owners(process(7, "a", 'R', 100))
                .at(1).tcp(Story.tcp(9, 9)).owners(process(7, "a", 'S', 100));
        assertEquals(Map.of(), changes(asleep, false));
        Story stopped = Story.begin()
                .at(0).tcp(Story.tcp(9, 9)).owners(process(7, "a", 'S', 100))
                .at(1).tcp(Story.tcp(9, 9)).owners(process(7, "a", 'T', 100));
        assertEquals(Set.of("owners"), changes(stopped, false).keySet());
        Story handed = Story.begin()
                .at(0).tcp(Story.tcp(9, 9)).owners(process(7, "a", 'S', 100))
                .at(1).tcp(Story.tcp(9, 9)).owners(process(8, "b", 'S', 100));
        assertEquals(Set.of("owners"), changes(handed, false).keySet());
    }

    @Test
    void agesAreListedOnRequest() {
        Story story = Story.begin()
                .at(0).tcp(Story.tcpWithoutInfo(9).info(TcpInfoBuilder.ofLength(232).set("tcpi_last_ack_recv", 5)))
                .at(1).tcp(Story.tcpWithoutInfo(9).info(TcpInfoBuilder.ofLength(232).set("tcpi_last_ack_recv", 1005)));
        List<Snapshot> snapshots = story.snapshots();
        assertEquals(Map.of(), Compared.of(snapshots, 0, 1, false).changed);
        assertEquals(Set.of("attributes.INET_DIAG_INFO.tcpi_last_ack_recv"),
                requireNonNull(Compared.of(snapshots, 0, 1, true).changed.get(1L)).keySet());
    }

    /** No socket of one boot is the same as, or gone in, another boot. */
    @Test
    void ofAnotherBootNothingIsTheSame() {
        List<Snapshot> snapshots = new ArrayList<>(Story.begin().at(0).tcp(Story.tcp(9, 9)).snapshots());
        Story.begin().at(1).tcp(Story.tcp(9, 9)).snapshots().forEach(s -> snapshots.add(s.ofBoot("boot-2")));
        Compared found = Compared.of(snapshots, 0, 1, false);
        assertEquals(Set.of(), found.appeared);
        assertEquals(Set.of(), found.gone);
        assertEquals(Set.of(1L), found.notObservedInFrom.keySet());
        assertEquals(Set.of(1L), found.notObservedInTo.keySet());
        assertTrue(requireNonNull(found.notObservedInTo.get(1L)).why().contains("another boot"));
    }

    /** Rows of /proc/net have no cookie; they are matched by inode and addresses, and the summary counts them. */
    @Test
    void rowsOfProcAreFoundByInode() {
        ImportedCapture proc = ImportedCapture.folder(Capture.NOMODS, "snap");
        Compared found = Compared.of(proc.snapshots(), 0, 4, false);
        Set<Long> before = inodes(1);
        Set<Long> after = inodes(5);
        assertEquals(minus(after, before), found.appearedInodes);
        assertEquals(minus(before, after), found.goneInodes);
        assertEquals(4, found.appearedInodes.size());
        assertEquals(2, found.goneInodes.size());
        DiffSummary s = found.summary();
        assertEquals(s.appeared() + s.gone() + s.changed() + s.unchanged(), s.fromProc());
        // Without cookie and inode: 43000 to 43002, and the TIME-WAIT and orphaned sockets.
        long nameless = proc.rows(0).stream().filter(r -> r.socket().inode() == 0).count();
        assertEquals(nameless, s.fromNameless());
        assertTrue(nameless > 0);
    }

    private static Set<Long> inodes(int step) {
        return Truth.step(Capture.unpack(Capture.NOMODS), step).stream()
                .map(t -> requireNonNull(t.inode()))
                .collect(Collectors.toSet());
    }

    private static Set<Long> minus(Set<Long> some, Set<Long> others) {
        Set<Long> left = new TreeSet<>(some);
        left.removeAll(others);
        return left;
    }
}
