package dev.sockreel.series;

import java.util.Arrays;

/**
 * What a dump changed. Positions are ascending.
 *
 * @param appeared     positions of messages whose like the dump before did not have
 * @param changed      positions of messages that are not as predicted: more changed than what grows by itself
 * @param gone         positions in the dump before of messages without a like in this one
 * @param restructured whether any message is at another position than before
 * @param stretches    three numbers for each stretch of messages that kept their order: its first position, its first
 *                     position in the dump before, its length
 */
public record SeriesChanges(int[] appeared, int[] changed, int[] gone, boolean restructured, int[] stretches) {
    private static final int NUMBERS = 3;

    /**
     * Compares two dumps of one series that are not predicted from one another. A message changed unless it equals its
     * like apart from words that grew by themselves before, and these grew as those of most messages did.
     */
    public static SeriesChanges between(SeriesView before, SeriesView now) throws SeriesTooLargeException {
        return new Comparison(before, now).changes();
    }

    /** Returns where the message was in the dump before, -1 for one that appeared. */
    public int before(int position) {
        if (!restructured) {
            return position;
        }
        int low = 0;
        int high = stretches.length / NUMBERS - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int offset = position - stretches[middle * NUMBERS];
            if (offset < 0) {
                high = middle - 1;
            } else if (offset >= stretches[middle * NUMBERS + 2]) {
                low = middle + 1;
            } else {
                return stretches[middle * NUMBERS + 1] + offset;
            }
        }
        return -1;
    }

    /** Returns a table of where messages of the dump before are now. */
    public Forward forward() {
        return new Forward();
    }

    /** Where messages of the dump before are now. */
    public final class Forward {
        /**
         * The stretches by their first positions in the dump before: that in the upper half, their number in the lower.
         */
        private final long[] byBefore = new long[restructured ? stretches.length / NUMBERS : 0];

        private Forward() {
            for (int i = 0; i < byBefore.length; i++) {
                byBefore[i] = (long) stretches[i * NUMBERS + 1] << 32 | i;
            }
            Arrays.sort(byBefore);
        }

        /** Returns where a message of the dump before is now, -1 for one that is gone. */
        public int after(int before) {
            if (!restructured) {
                return before;
            }
            int found = Arrays.binarySearch(byBefore, (long) before << 32 | Integer.MAX_VALUE);
            int last = found < 0 ? -found - 2 : found;
            if (last < 0) {
                return -1;
            }
            int stretch = (int) byBefore[last] * NUMBERS;
            int offset = before - stretches[stretch + 1];
            return offset < stretches[stretch + 2] ? stretches[stretch] + offset : -1;
        }
    }

    @Override
    public String toString() {
        return "appeared " + Arrays.toString(appeared) + ", changed " + Arrays.toString(changed) + ", gone "
                + Arrays.toString(gone) + (restructured ? ", restructured" : "");
    }
}
