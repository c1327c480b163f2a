package dev.sockreel.delta.record;

import java.util.Arrays;

/**
 * What is known of the numbers and words of one body that changed lately, by their place in it: all others are
 * predicted to stay as they are.
 */
final class States {
    /** What {@link #find} returns for a place without a state. */
    static final int NONE = -1;
    /** For so many snapshots after a change a place is expected to change: each decision is a flag of its own. */
    static final int HOT = 3;

    /** So many states are kept in any case, and one more for so many bytes. */
    private static final int FREE = 64;
    private static final int BYTES_PER_STATE = 8;

    private static final int[] NO_PLACES = {};
    private static final long[] NO_GROWTHS = {};
    private static final byte[] NO_HEAT = {};

    private int[] places = NO_PLACES;
    private long[] growths = NO_GROWTHS;
    private long[] others = NO_GROWTHS;
    private byte[] heat = NO_HEAT;
    private int size;

    /** Returns the state of a place, or {@link #NONE}. */
    int find(int place) {
        int found = size == 0 ? NONE : Arrays.binarySearch(places, 0, size, place);
        return found < 0 ? NONE : found;
    }

    /** Returns true if a place from {@code from} on and before {@code to} has a state. */
    boolean any(int from, int to) {
        if (size == 0) {
            return false;
        }
        int found = Arrays.binarySearch(places, 0, size, from);
        return found >= 0 || ~found < size && places[~found] < to;
    }

    /** Returns by how much the number is predicted to grow; 0 without a state. */
    long growth(int state) {
        return state == NONE ? 0 : growths[state];
    }

    boolean isHot(int state) {
        return state != NONE && heat[state] > 0;
    }

    /**
     * Takes what became of a place and keeps its state for the next snapshot.
     *
     * @param place  its place in the new body; later than those taken before
     * @param before the states of the body before
     * @param state  its state there
     * @param hit    true if it was as predicted
     * @param growth by how much it grew
     */
    void take(int place, States before, int state, boolean hit, long growth) {
        if (!hit) {
            boolean again = state != NONE && before.heat[state] == HOT && before.others[state] == growth;
            long kept = before.growth(state);
            add(place, again ? growth : kept, again ? kept : growth, HOT);
        } else if (state != NONE && (before.heat[state] > 1 || growth != 0)) {
            add(place, before.growths[state], before.others[state], Math.max(0, before.heat[state] - 1));
        }
    }

    /** Keeps a value for a place, later than those before; nothing where there are too many for the bytes before it. */
    void add(int place, long growth, long other, int hot) {
        if (size >= FREE + place / BYTES_PER_STATE) {
            return;
        }
        if (size == places.length) {
            int room = Math.max(4, size * 2);
            places = Arrays.copyOf(places, room);
            growths = Arrays.copyOf(growths, room);
            others = Arrays.copyOf(others, room);
            heat = Arrays.copyOf(heat, room);
        }
        places[size] = place;
        growths[size] = growth;
        others[size] = other;
        heat[size++] = (byte) hot;
    }

    /** Returns the bytes it takes. */
    long bytes() {
        return 64 + 21L * places.length;
    }
}
