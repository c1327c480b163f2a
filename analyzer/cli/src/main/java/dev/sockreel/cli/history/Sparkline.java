package dev.sockreel.cli.history;

import java.util.Arrays;

/** Draws numbers over time as one line of blocks. If there are many, several share a block, which shows the highest. */
final class Sparkline {
    /** Stands for a snapshot in which the socket does not exist. */
    static final double ABSENT = Double.NEGATIVE_INFINITY;
    /** Stands for an unknown value. */
    static final double UNKNOWN = Double.NaN;

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final int COLUMNS = 40;

    /** @param values 0 or more, {@link #ABSENT} or {@link #UNKNOWN} */
    static String of(double[] values) {
        int columns = Math.min(values.length, COLUMNS);
        double[] shown = new double[columns];
        for (int i = 0; i < columns; i++) {
            int from = (int) ((long) i * values.length / columns);
            int to = (int) ((i + 1L) * values.length / columns);
            shown[i] = max(values, from, to);
        }
        double highest = Arrays.stream(shown).filter(Double::isFinite).max().orElse(0);
        StringBuilder line = new StringBuilder(columns);
        for (double value : shown) {
            line.append(block(value, highest));
        }
        return line.toString();
    }

    /** Returns the highest number in a range. If there is none, UNKNOWN if any value is unknown, or else ABSENT. */
    private static double max(double[] values, int from, int to) {
        double max = ABSENT;
        boolean unknown = false;
        for (int i = from; i < to; i++) {
            unknown |= Double.isNaN(values[i]);
            max = values[i] > max ? values[i] : max;
        }
        return max == ABSENT && unknown ? UNKNOWN : max;
    }

    private static char block(double value, double highest) {
        if (Double.isNaN(value)) {
            return '?';
        }
        if (value == ABSENT) {
            return ' ';
        }
        int last = BLOCKS.length() - 1;
        // the lowest block is for zero only
        return BLOCKS.charAt(value <= 0 ? 0 : Math.clamp(Math.round(value / highest * last), 1, last));
    }

    private Sparkline() {}
}
