package dev.sockreel.series;

import java.util.Arrays;

/** A set of words of messages of one length that grow by themselves, such as ages. */
final class Profile {
    /** The most words; their values are kept beside the messages. */
    static final int MAX_WORDS = 4;

    final int id;
    final Shape shape;
    /** In ascending order. */
    final int[] words;
    /** The rest of a message behind its header: begin and end of each stretch without such words, bytes. */
    final int[] stretches;

    Profile(int id, Shape shape, int[] words) {
        this.id = id;
        this.shape = shape;
        this.words = words;
        this.stretches = stretches(words, shape.bytes);
    }

    private static int[] stretches(int[] words, int end) {
        int[] all = new int[2 * words.length + 2];
        int n = 0;
        int from = SeriesState.HEADER_BYTES;
        for (int word : words) {
            if (word * 4 > from) {
                all[n++] = from;
                all[n++] = word * 4;
            }
            from = Math.max(from, word * 4 + 4);
        }
        if (from < end) {
            all[n++] = from;
            all[n++] = end;
        }
        return Arrays.copyOf(all, n);
    }

    /** Returns the place of a word among those of the profile, -1 for none. */
    int indexOf(int word) {
        for (int i = 0; i < words.length; i++) {
            if (words[i] == word) {
                return i;
            }
        }
        return -1;
    }

    boolean has(int word) {
        return indexOf(word) >= 0;
    }
}
