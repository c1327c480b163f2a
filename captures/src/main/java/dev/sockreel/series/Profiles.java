package dev.sockreel.series;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The profiles and shapes of one series, each made once. */
final class Profiles {
    /** The bound of {@link Profile#id}: one for each possible length, and those that were learned. */
    private static final int MAX_LEARNED = 4096;
    private static final int BYTES_EACH = 120;

    private final Budget budget;
    private Profile[] all = new Profile[8];
    private int count;
    private int learned;
    /** By number of words. */
    private Shape[] shapes = new Shape[64];
    private final Map<Key, Profile> byWords = new HashMap<>();

    /** A profile's words, one in each 16 bits, of messages of one length. */
    private record Key(int bytes, long words) {}

    Profiles(Budget budget) {
        this.budget = budget;
    }

    Profile get(int id) {
        return all[id];
    }

    /** Returns the profiles so far for a view. */
    Profiles snapshot() {
        Profiles shared = new Profiles(budget);
        shared.all = all;
        return shared;
    }

    /**
     * Returns the shape of messages of a length.
     *
     * @param bytes a multiple of 4, at most {@link SeriesState#MAX_MESSAGE_BYTES}
     */
    Shape shape(int bytes) throws SeriesTooLargeException {
        int words = bytes >> 2;
        if (words >= shapes.length) {
            shapes = Arrays.copyOf(shapes, Math.max(words + 1, shapes.length * 2));
        }
        Shape shape = shapes[words];
        if (shape == null) {
            budget.take(Shape.BYTES_A_WORD * (long) words + BYTES_EACH);
            shape = new Shape(bytes);
            shape.begin(make(shape, new int[0]));
            shapes[words] = shape;
        }
        return shape;
    }

    /** Returns the profile with one word more, or one less; the same where that cannot be. */
    Profile flip(Profile from, int word) throws SeriesTooLargeException {
        int at = from.indexOf(word);
        boolean isHeader = word < SeriesState.HEADER_BYTES / 4;
        if (at < 0 && (isHeader || from.words.length == Profile.MAX_WORDS)) {
            return from;
        }
        int[] words = at < 0 ? Arrays.copyOf(from.words, from.words.length + 1) : without(from.words, at);
        if (at < 0) {
            words[words.length - 1] = word;
            Arrays.sort(words);
        }
        long packed = 0;
        for (int w : words) {
            packed = packed << 16 | w;
        }
        Key key = new Key(from.shape.bytes, packed);
        Profile known = words.length == 0 ? from.shape.plain() : byWords.get(key);
        if (known == null && learned < MAX_LEARNED) {
            budget.take(BYTES_EACH);
            known = make(from.shape, words);
            byWords.put(key, known);
            learned++;
        }
        return known == null ? from : known;
    }

    private static int[] without(int[] words, int at) {
        int[] rest = Arrays.copyOf(words, words.length - 1);
        System.arraycopy(words, at + 1, rest, at, rest.length - at);
        return rest;
    }

    private Profile make(Shape shape, int[] words) {
        Profile made = new Profile(count, shape, words);
        if (count == all.length) {
            all = Arrays.copyOf(all, count * 2);
        }
        all[count++] = made;
        return made;
    }

    /** Returns the number of profiles made so far; their numbers are below it. */
    int size() {
        return count;
    }
}
