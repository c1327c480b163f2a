package dev.sockreel.cli.history;

import java.util.Arrays;

/** Numbers over time as one line of blocks, each as high as its number; several snapshots share a block when there are many. */
final class Sparkline {
    /** Instead of a number: the socket is not in the kernel's tables. */
    static final double ABSENT = Double.NEGATIVE_INFINITY;
    /** Instead of a number: it is not known. */
    static final double UNKNOWN = Double.NaN;

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final int COLUMNS = 40;

    /** @param values none below 0 */
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

    /** The highest number; without one, that nothing is known rather than that nothing was there. */
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
        // what is not zero is never as low as zero
        return BLOCKS.charAt(value <= 0 ? 0 : Math.clamp(Math.round(value / highest * last), 1, last));
    }

    private Sparkline() {}
}
