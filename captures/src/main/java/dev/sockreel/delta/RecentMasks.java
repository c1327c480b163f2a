package dev.sockreel.delta;

import java.util.Arrays;

/** The sets of words that changed together lately, the latest first. */
final class RecentMasks {
    /** As many as one byte can tell. */
    private static final int MAX = 63;
    /** Sets of more words are not remembered. */
    private static final int MAX_WORDS = 64;

    private static final int[] NONE = {};

    private final int[][] masks = new int[MAX][];
    private final int[] hashes = new int[MAX];
    private int size;

    int size() {
        return size;
    }

    /** Returns the place of a set, -1 for none. */
    int find(int[] words, int count) {
        int hash = hash(words, count);
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash && Arrays.equals(masks[i], 0, masks[i].length, words, 0, count)) {
                return i;
            }
        }
        return -1;
    }

    private static int hash(int[] words, int count) {
        int hash = count;
        for (int i = 0; i < count; i++) {
            hash = hash * 31 + words[i];
        }
        return hash;
    }

    /** Copies a set; returns its size. */
    int copy(int place, int[] to) {
        int[] mask = masks[place];
        System.arraycopy(mask, 0, to, 0, mask.length);
        return mask.length;
    }

    /** Moves a set to the front. */
    void use(int place) {
        int[] mask = masks[place];
        int hash = hashes[place];
        shift(place);
        masks[0] = mask;
        hashes[0] = hash;
    }

    /**
     * Puts a new set in front.
     *
     * @return by how many bytes this one needs more memory
     */
    int add(int[] words, int count) {
        if (count > MAX_WORDS) {
            return 0;
        }
        int[] dropped = size == MAX ? masks[MAX - 1] : NONE;
        size = Math.min(size + 1, MAX);
        shift(size - 1);
        masks[0] = Arrays.copyOf(words, count);
        hashes[0] = hash(words, count);
        return (count - dropped.length) * Integer.BYTES;
    }

    private void shift(int places) {
        System.arraycopy(masks, 0, masks, 1, places);
        System.arraycopy(hashes, 0, hashes, 1, places);
    }
}
