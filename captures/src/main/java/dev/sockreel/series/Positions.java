package dev.sockreel.series;

import java.util.Arrays;

/** A list of numbers. */
final class Positions {
    private int[] all = new int[16];
    private int count;

    void add(int number) {
        if (count == all.length) {
            all = Arrays.copyOf(all, count * 2);
        }
        all[count++] = number;
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(all, count);
    }
}
