package dev.sockreel.delta.record;

import dev.sockreel.delta.BadColumnsException;
import java.util.Arrays;

/** The pieces of text that were stored last: texts often return to what they were. */
final class Phrases {
    /** How many there are at most. */
    private static final int MAX = 256;
    private static final int MIN_BYTES = 2;
    private static final int MAX_BYTES = 64;
    /** What {@link #find} returns when there is none. */
    private static final int NONE = -1;

    private final byte[][] phrases = new byte[MAX][];
    private int count;

    /** Codes bytes: twice their number, then they follow; or twice the number of a phrase, plus 1. */
    void code(Atoms atoms, Place now, int length) throws BadColumnsException {
        int phrase = atoms.writes() ? find(now.tree.body, now.at, length) : NONE;
        int code = phrase == NONE ? 2 * length : 2 * phrase + 1;
        code = atoms.unsigned(Atoms.MATCHES, code, Math.max(2 * atoms.literalsLeft(), 2 * MAX));
        int number = code >> 1;
        if ((code & 1) != 0) {
            if (number >= count) {
                throw new BadColumnsException("a phrase is used that is not there");
            }
            byte[] used = use(number);
            now.bytes(used, 0, used.length);
            return;
        }
        if (number > atoms.literalsLeft()) {
            throw new BadColumnsException("a text is longer than the bytes there");
        }
        now.room(number);
        atoms.literal(now.tree.body, now.at, number);
        add(now.tree.body, now.at, number);
        now.at += number;
    }

    /** Returns the number of a phrase, 0 for the one used last. */
    private int find(byte[] text, int at, int length) {
        if (length < MIN_BYTES || length > MAX_BYTES) {
            return NONE;
        }
        for (int i = 0; i < count; i++) {
            if (Arrays.equals(phrases[i], 0, phrases[i].length, text, at, at + length)) {
                return i;
            }
        }
        return NONE;
    }

    /** Returns a phrase, which becomes number 0. */
    private byte[] use(int number) {
        byte[] used = phrases[number];
        System.arraycopy(phrases, 0, phrases, 1, number);
        phrases[0] = used;
        return used;
    }

    /** Takes a text that is none of them; the one not used for longest goes. */
    private void add(byte[] text, int at, int length) {
        if (length < MIN_BYTES || length > MAX_BYTES) {
            return;
        }
        count = Math.min(MAX, count + 1);
        System.arraycopy(phrases, 0, phrases, 1, count - 1);
        phrases[0] = Arrays.copyOfRange(text, at, at + length);
    }
}
