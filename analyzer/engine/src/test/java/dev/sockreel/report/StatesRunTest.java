package dev.sockreel.report;

import static dev.sockreel.verdict.WrittenCapture.process;
import static dev.sockreel.verdict.WrittenCapture.startedAt;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Coverage;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.LastSnapshot;
import dev.sockreel.finding.What;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.verdict.WrittenCapture;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the states of processes over snapshots. */
class StatesRunTest {
    private static WrittenCapture capture() {
        return WrittenCapture.begin(ByteOrder.LITTLE_ENDIAN)
                .write(new HostEvidence(Map.of(
                        HostEvidence.BOOT_ID, "boot-1", HostEvidence.BOOT_TIME_S, "1700000000",
                        HostEvidence.CLOCK_TICKS, "100")))
                .snapshot(0);
    }

    private static List<Owner> owners(List<Snapshot> snapshots, long inode) {
        return requireNonNull(snapshots.getFirst().owners().of(inode, 0));
    }

    private static Findings causes(List<@Nullable List<Owner>> processes) {
        List<Cause> causes = new ArrayList<>();
        for (List<Owner> owners : processes) {
            causes.add(new Cause(
                    "c" + (causes.size() + 1), Severity.WARNING, Certainty.LIKELY, What.NOT_READING, owners, 0, null,
                    null, Map.of(), 1, 0, ReceiveTime.NONE, ReceiveTime.NONE, ReceiveTime.NONE, null, 0, null,
                    List.of(),
                    List.of(), "It does not read.", "Look."));
        }
        return new Findings(
                causes, List.of(), List.of(), new Coverage(1, Map.of(), List.of()),
                new LastSnapshot(1, 3, 0, 0, 0, 0, 0));
    }

    private static Map<String, List<ProcessStates>> states(
            List<Snapshot> snapshots, int max, int width, Findings causes) {
        StatesRun run = new StatesRun(causes, max, width);
        snapshots.forEach(run::add);
        return run.byCause();
    }

    private static ProcessStates first(Map<String, List<ProcessStates>> states) {
        return requireNonNull(states.get("c1")).getFirst();
    }

    private static List<Snapshot> stoppedForAWhile() {
        return capture().owners(0, process(7, "server", 'S', 100), process(8, "other", 'R', 101))
                .snapshot(1).states(process(7, "server", 'T'), process(8, "other", 'R'))
                .snapshot(2).states(process(7, "server", 'T'), process(8, "other", 'R'))
                .snapshot(3).states(process(7, "server", 'S'), process(8, "other", 'R'))
                .snapshot(4)
                .read();
    }

    @Test
    void everySnapshotHasAState() {
        List<Snapshot> five = stoppedForAWhile();
        Findings causes = causes(List.of(owners(five, 100)));
        ProcessStates server = first(states(five, 9, 1, causes));
        assertEquals("server", server.comm());
        assertEquals(7, server.pid());
        assertEquals(
                List.of(Map.of("S", 1), Map.of("T", 1), Map.of("T", 1), Map.of("S", 1), Map.of("", 1)),
                server.columns());
        assertEquals(List.of("S 2", "T 2", " 1"),
                server.totals().stream().map(t -> t.state() + " " + t.snapshots()).toList());
        ProcessStates.Total stopped = server.totals().get(1);
        assertEquals(five.get(1).begin(), stopped.first());
        assertEquals(five.get(2).begin(), stopped.last());
    }

    @Test
    void aColumnCountsTheStatesOfItsSnapshots() {
        List<Snapshot> five = stoppedForAWhile();
        assertEquals(
                List.of(Map.of("S", 1, "T", 1), Map.of("T", 1, "S", 1), Map.of("", 1)),
                first(states(five, 9, 2, causes(List.of(owners(five, 100))))).columns());
    }

    /** A pid that another process has got is not the process of the cause. */
    @Test
    void anotherLifeOfThePidIsNotIt() {
        List<Snapshot> two = capture().owners(0, startedAt(1000, process(7, "server", 'S', 100)))
                .snapshot(1).owners(0, startedAt(999_000, process(7, "server", 'T', 100)))
                .read();
        assertEquals(
                List.of(Map.of("S", 1), Map.of("", 1)),
                first(states(two, 9, 1, causes(List.of(owners(two, 100))))).columns());
    }

    @Test
    void theFirstCausesComeFirstWhereThereIsLittleRoom() {
        List<Snapshot> five = stoppedForAWhile();
        Map<String, List<ProcessStates>> states =
                states(five, 1, 1, causes(List.of(owners(five, 100), owners(five, 101), owners(five, 100))));
        assertEquals(List.of(1, 0, 1),
                List.of("c1", "c2", "c3").stream().map(c -> requireNonNull(states.get(c)).size()).toList());
    }

    @Test
    void aCauseWithoutAKnownProcessHasNoStates() {
        List<Snapshot> five = stoppedForAWhile();
        List<@Nullable List<Owner>> unknown = new ArrayList<>();
        unknown.add(null);
        unknown.add(List.of());
        assertEquals(Map.of("c1", List.of(), "c2", List.of()), states(five, 9, 1, causes(unknown)));
    }
}
