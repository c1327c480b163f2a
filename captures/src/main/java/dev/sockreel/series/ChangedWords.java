package dev.sockreel.series;

import java.util.Arrays;

/** The words of one message that are not as predicted, in ascending order; reused for the next message. */
public final class ChangedWords {
    private int[] words = new int[64];
    private int[] errors = new int[64];
    private int[] growths = new int[64];
    private int count;
    private boolean isClockMove;

    public int count() {
        return count;
    }

    /** Returns the number of the word in its message. */
    public int word(int i) {
        return words[i];
    }

    /** Returns the new value less the predicted one. */
    public int error(int i) {
        return errors[i];
    }

    /** Returns the new value less the one of the dump before. */
    public int growth(int i) {
        return growths[i];
    }

    /** Returns whether exactly the words that grow by themselves are wrong: time went on by another amount. */
    public boolean isClockMove() {
        return isClockMove;
    }

    void clear() {
        count = 0;
        isClockMove = false;
    }

    /** Appends a word. */
    public void add(int word, int error, int growth) {
        if (count == words.length) {
            words = Arrays.copyOf(words, count * 2);
            errors = Arrays.copyOf(errors, count * 2);
            growths = Arrays.copyOf(growths, count * 2);
        }
        words[count] = word;
        errors[count] = error;
        growths[count] = growth;
        count++;
    }

    /** Says which words grow by themselves, when all words are there. */
    void compare(Profile profile) {
        isClockMove = count > 0 && count == profile.words.length
                && Arrays.equals(words, 0, count, profile.words, 0, count);
    }
}
