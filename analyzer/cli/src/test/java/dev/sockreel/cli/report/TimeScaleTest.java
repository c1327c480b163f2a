package dev.sockreel.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimeScaleTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void ticksStandAtRoundTimes() {
        List<String> labels = new TimeScale(0, 10 * SECOND).ticks().stream().map(TimeScale.Tick::label).toList();
        assertEquals(List.of("00:00:00", "00:00:02", "00:00:04", "00:00:06", "00:00:08", "00:00:10"), labels);
    }

    /** Times come from a file, whose maker may have chosen any. */
    @Test
    void anyTwoTimesHaveAFewTicks() {
        long[] times =
                {Long.MIN_VALUE + 1, -1, 0, 1, SECOND, 1_800_000_000 * SECOND, Long.MAX_VALUE - 1, Long.MAX_VALUE};
        for (long from : times) {
            for (long to : times) {
                if (from < to) {
                    List<TimeScale.Tick> ticks = new TimeScale(from, to).ticks();
                    assertTrue(ticks.size() <= 6, from + " to " + to + ": " + ticks);
                    assertEquals(0, new TimeScale(from, to).position(from));
                    assertEquals(100, new TimeScale(from, to).position(to));
                }
            }
        }
    }
}
