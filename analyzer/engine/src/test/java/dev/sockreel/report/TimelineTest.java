package dev.sockreel.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.finding.DumpReport;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verdicts of several dumps in one cell. */
class TimelineTest {
    private static SnapshotSummary snapshot(int index, DumpVerdict verdict, int... sockets) {
        return new SnapshotSummary(0, index, "boot", ReceiveTime.NONE, ReceiveTime.NONE, false,
                Arrays.stream(sockets).mapToObj(n -> new DumpReport(index, "tcp4", verdict, List.of(), n)).toList(), 0);
    }

    /** Three namespaces have three dumps of a family: their sockets are those of the snapshot. */
    @Test
    void aCellAddsUpTheNamespacesOfTheLastSnapshot() {
        List<SnapshotSummary> two = List.of(snapshot(0, DumpVerdict.INCONSISTENT, 10, 20, 30),
                snapshot(1, DumpVerdict.COMPLETE, 1, 2, 3));
        assertEquals(List.of(new Timeline.Cell(DumpVerdict.INCONSISTENT, 3, 0, 60),
                new Timeline.Cell(DumpVerdict.COMPLETE, 3, 3, 6)), Timeline.of(two, 2).rows().get("tcp4"));
        assertEquals(List.of(new Timeline.Cell(DumpVerdict.INCONSISTENT, 6, 3, 6)),
                Timeline.of(two, 1).rows().get("tcp4"));
    }
}
