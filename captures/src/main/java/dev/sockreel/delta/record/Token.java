package dev.sockreel.delta.record;

/**
 * A piece of a line: what separates it from the one before, then a number or a word. A number is decimal without zeros
 * before it, or else eight hexadecimal digits.
 */
final class Token {
    /** Numbers of more digits are words: all that are numbers fit in a long, and so do their sums. */
    private static final int MAX_DIGITS = 18;
    private static final long BOUND = 1_000_000_000_000_000_000L;
    private static final int HEX_DIGITS = 8;
    private static final long HEX_BOUND = 1L << 4 * HEX_DIGITS;

    int start;
    /** Where the number or word begins. */
    int core;
    int end;
    boolean isNumber;
    long value;
    private boolean isHex;

    /** Reads the piece that begins at a place before the line's end. */
    void read(byte[] line, int at, int lineEnd) {
        start = at;
        int i = at;
        while (i < lineEnd && !isAlphanumeric(line[i])) {
            i++;
        }
        core = i;
        isNumber = true;
        isHex = false;
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
        if (!isNumber && end == core + HEX_DIGITS) {
            readHex(line);
        }
    }

    private void readHex(byte[] line) {
        value = 0;
        for (int i = core; i < end; i++) {
            int digit = line[i] <= '9' ? line[i] - '0' : line[i] - 'a' + 10;
            if (digit < 0 || digit > 15) {
                return;
            }
            value = value << 4 | digit;
        }
        isNumber = true;
        isHex = true;
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
        if (isHex) {
            System.arraycopy(line, start, to, 0, prefix);
            for (int i = 0; i < HEX_DIGITS; i++) {
                int digit = (int) (number >> 4 * (HEX_DIGITS - 1 - i)) & 15;
                to[prefix + i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
            }
            return prefix + HEX_DIGITS;
        }
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

    /** Returns whether a value can be that of the number instead. */
    boolean isValue(long other) {
        return other >= 0 && other < (isHex ? HEX_BOUND : BOUND);
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
