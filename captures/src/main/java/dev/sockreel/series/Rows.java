package dev.sockreel.series;

import java.util.Arrays;

/** What is kept of each message beside its bytes, by its position in the dump. */
final class Rows {
    static final int AGES = Profile.MAX_WORDS;
    /** The profile in {@link #meta}. */
    static final int PROFILE = 0xffff;
    /** One in {@link #meta}'s count of dumps for which a message that changed stays hot. */
    static final int HOT = 1 << 24;
    static final int HOTTEST = 3 * HOT;
    /** Set in {@link #meta} of a message that was not met again yet. */
    static final int FRESH = 1 << 28;

    private static final int BYTES_EACH = 8 + 4 * AGES;

    private final Budget budget;
    int count;
    /** Where its bytes are. */
    int[] places = new int[0];
    /** Its profile, whether it is hot or fresh. */
    int[] meta = new int[0];
    /** The values of its profile's words; those in its bytes are outdated. */
    int[] ages = new int[0];

    Rows(Budget budget) {
        this.budget = budget;
    }

    void makeRoom(int needed) throws SeriesTooLargeException {
        if (needed <= places.length) {
            return;
        }
        int size = Math.max(Math.max(8, needed), (int) Math.min(places.length * 3L / 2, Integer.MAX_VALUE / 8));
        budget.take((size - places.length) * (long) BYTES_EACH);
        places = Arrays.copyOf(places, size);
        meta = Arrays.copyOf(meta, size);
        ages = Arrays.copyOf(ages, size * AGES);
    }

    /** Returns a copy for a view. */
    Rows snapshot() {
        Rows copy = new Rows(budget);
        copy.count = count;
        copy.places = Arrays.copyOf(places, count);
        copy.meta = Arrays.copyOf(meta, count);
        copy.ages = Arrays.copyOf(ages, count * AGES);
        return copy;
    }

    /** Takes rows of other ones. */
    void copy(Rows from, int at, int to, int rows) throws SeriesTooLargeException {
        makeRoom(to + rows);
        System.arraycopy(from.places, at, places, to, rows);
        System.arraycopy(from.meta, at, meta, to, rows);
        System.arraycopy(from.ages, at * AGES, ages, to * AGES, rows * AGES);
    }

    static boolean isHot(int meta) {
        return (meta & HOTTEST) != 0;
    }
}
