package dev.sockreel.delta.record;

/** A piece of a line: what separates it from the one before, then a number or a word. */
final class Token {
    /** Numbers of more digits are words: all that are numbers fit in a long, and so do their sums. */
    private static final int MAX_DIGITS = 18;
    private static final long BOUND = 1_000_000_000_000_000_000L;

    int start;
    /** Where the number or word begins. */
    int core;
    int end;
    boolean isNumber;
    long value;

    /** Reads the piece that begins at a place before the line's end. */
    void read(byte[] line, int at, int lineEnd) {
        start = at;
        int i = at;
        while (i < lineEnd && !isAlphanumeric(line[i])) {
            i++;
        }
        core = i;
        isNumber = true;
        value = 0;
        while (i < lineEnd && isAlphanumeric(line[i])) {
            byte b = line[i++];
            isNumber &= b >= '0' && b <= '9' && i - core <= MAX_DIGITS;
            if (isNumber) {
                value = 10 * value + b - '0';
            }
        }
        end = i;
        isNumber &= end > core && (line[core] != '0' || end == core + 1);
    }

    /**
     * Writes the piece with another number. Where two or more spaces stand before it, it keeps its width.
     *
     * @param line the line that was read
     * @param to   takes it; {@link #maxBytes} must fit
     * @return its length
     */
    int write(byte[] line, long number, byte[] to) {
        int prefix = core - start;
        int spaces = 0;
        while (spaces < prefix && line[core - 1 - spaces] == ' ') {
            spaces++;
        }
        int digits = digits(number);
        int kept = prefix;
        int padding = 0;
        if (spaces > 1) {
            kept = prefix - spaces;
            padding = Math.max(1, spaces + (end - core) - digits);
        }
        System.arraycopy(line, start, to, 0, kept);
        for (int i = 0; i < padding; i++) {
            to[kept + i] = ' ';
        }
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            to[kept + padding + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return kept + padding + digits;
    }

    /** Returns the most bytes that {@link #write} writes. */
    int maxBytes() {
        return end - start + MAX_DIGITS + 1;
    }

    /** Returns whether a value can be that of a number. */
    static boolean isValue(long value) {
        return value >= 0 && value < BOUND;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Returns whether a byte is a letter, a digit or part of a character beyond ASCII. */
    private static boolean isAlphanumeric(byte b) {
        return b < 0 || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z';
    }
}
