package dev.sockreel.cli.history;

import static dev.sockreel.cli.history.Sparkline.ABSENT;
import static dev.sockreel.cli.history.Sparkline.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SparklineTest {
    private static String of(double... values) {
        return Sparkline.of(values);
    }

    @Test
    void heightsAreSharesOfTheHighest() {
        assertEquals("▁▂▃▄▅▆▇█", of(0, 1, 2, 3, 4, 5, 6, 7));
        assertEquals("▁▁▁", of(0, 0, 0));
        assertEquals("███", of(9, 9, 9));
    }

    /** A byte next to a megabyte is drawn higher than zero. */
    @Test
    void whatIsNotZeroIsHigherThanZero() {
        assertEquals("▂█▁", of(1, 1e6, 0));
    }

    @Test
    void whatIsNotKnownIsNoZero() {
        assertEquals(" ?▁█ ", of(ABSENT, UNKNOWN, 0, 5, ABSENT));
        assertEquals("??", of(UNKNOWN, UNKNOWN));
        assertEquals("", of());
    }

    /** A block shows the highest of its snapshots; unknown takes precedence over absent. */
    @Test
    void manySnapshotsAreDrawnTogether() {
        double[] values = new double[4000];
        values[1234] = 7;
        String line = Sparkline.of(values);
        assertEquals(40, line.length());
        assertEquals(12, line.indexOf('█'));
        assertEquals(39, line.chars().filter(c -> c == '▁').count());
        Arrays.fill(values, 0, 100, ABSENT);
        values[50] = UNKNOWN;
        Arrays.fill(values, 100, 200, ABSENT);
        assertEquals("? ", Sparkline.of(values).substring(0, 2));
    }
}
