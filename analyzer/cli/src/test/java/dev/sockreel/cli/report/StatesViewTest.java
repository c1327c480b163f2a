package dev.sockreel.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.report.ProcessStates;
import dev.sockreel.report.SnapshotSummary;
import dev.sockreel.report.Timeline;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the strip of a process's states. */
class StatesViewTest {
    private static ReceiveTime at(int seconds) {
        return new ReceiveTime((1_795_893_196L + seconds) * 1_000_000_000L, 0);
    }

    private static StatesView view(int width, List<Map<String, Integer>> columns, List<ProcessStates.Total> totals) {
        int snapshots = columns.size() * width;
        return StatesView.of(
                new ProcessStates(7, "server", columns, totals),
                IntStream.range(0, columns.size())
                        .mapToObj(c -> new Timeline.Column(c * width, (c + 1) * width - 1, false))
                        .toList(),
                IntStream.range(0, snapshots)
                        .mapToObj(i -> new SnapshotSummary(0, i, "boot", at(i), at(i), false, List.of(), 0))
                        .toList());
    }

    @Test
    void everySnapshotIsACell() {
        StatesView view = view(
                1, List.of(Map.of("S", 1), Map.of("T", 1), Map.of("T", 1), Map.of("", 1)),
                List.of(new ProcessStates.Total("T", 2, at(1), at(2)), new ProcessStates.Total("S", 1, at(0), at(0)),
                        new ProcessStates.Total("", 1, at(3), at(3))));
        assertEquals("server (pid 7)", view.process());
        assertEquals(List.of("sleeping S 0.000% 25.000%", "stopped T 25.000% 25.000%", "stopped T 50.000% 25.000%",
                "unrecorded ? 75.000% 25.000%"),
                view.runs().stream().map(r -> r.look() + " " + r.letter() + " " + r.x() + " " + r.width()).toList());
        assertEquals("snapshot 1, 19:13:17.000: stopped by a signal", view.runs().get(1).title());
        assertEquals(
                "T stopped by a signal: 2 of 4 snapshots, 19:13:17.000 to 19:13:18.000; "
                        + "S sleeping, waits for something: 1 of 4 snapshots, at 19:13:16.000; "
                        + "? not recorded, or not running: 1 of 4 snapshots, at 19:13:19.000",
                view.words());
    }

    @Test
    void manyColumnsThatShowTheSameAreOneCell() {
        List<Map<String, Integer>> columns = IntStream.range(0, 100)
                .mapToObj(i -> i == 50 ? Map.of("T", 1, "S", 9) : Map.of("S", 10))
                .toList();
        StatesView view = view(10, columns, List.of(new ProcessStates.Total("S", 1000, at(0), at(999))));
        assertEquals(3, view.runs().size());
        assertEquals("stopped", view.runs().get(1).look(), "a process that was stopped is shown so");
        assertTrue(view.runs().get(1).title().contains("9 × sleeping"), view.runs().get(1).title());
        assertEquals("", view.runs().get(1).letter(), "there is no room for it");
        assertEquals("S sleeping, waits for something: all 1000 snapshots", view.words());
    }
}
