package dev.sockreel.utf8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow, with text and numbers written behind one another. Also an output stream, for those who write bytes.
 */
public final class Utf8Buffer extends OutputStream {
    private static final int MAX_DIGITS = 20;
    private static final int ASCII_CHARS = 0x80;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;
    /** Bytes beyond one for each char of the text. */
    private int surplus;

    /** @param firstBytes room to begin with */
    public Utf8Buffer(int firstBytes) {
        bytes = new byte[firstBytes];
    }

    /** Returns the number of bytes. */
    public int length() {
        return length;
    }

    /** Returns the number of chars of the text put in, as {@link String#length()} counts them. */
    public int chars() {
        return length - surplus;
    }

    /** Returns the bytes; those from {@link #length()} on mean nothing. Valid until more is put in. */
    public byte[] array() {
        return bytes;
    }

    public void clear() {
        length = 0;
        surplus = 0;
    }

    /** Puts in text; half of a surrogate pair becomes a question mark. */
    public Utf8Buffer put(String text) {
        return put(text, 0, text.length());
    }

    /** Puts in the chars {@code [from, to)} of a text. */
    public Utf8Buffer put(String text, int from, int to) {
        ensure(to - from);
        byte[] into = bytes;
        int at = length;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= ASCII_CHARS) {
                length = at;
                return encoded(text.substring(i, to));
            }
            into[at++] = (byte) c;
        }
        length = at;
        return this;
    }

    private Utf8Buffer encoded(String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        write(more, 0, more.length);
        surplus += more.length - text.length();
        return this;
    }

    public Utf8Buffer put(char c) {
        if (c >= ASCII_CHARS) {
            return encoded(String.valueOf(c));
        }
        ensure(1);
        bytes[length++] = (byte) c;
        return this;
    }

    /** Puts in a number's decimal digits. */
    public Utf8Buffer put(long number) {
        if (number < 0) {
            // the smallest number has no positive counterpart
            return number == Long.MIN_VALUE ? put(Long.toString(number)) : put('-').put(-number);
        }
        ensure(MAX_DIGITS);
        byte[] into = bytes;
        int end = length + digits(number);
        length = end;
        int at = end;
        long rest = number;
        while (rest > Integer.MAX_VALUE) {
            into[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        int small = (int) rest; // divides faster
        do {
            into[--at] = (byte) ('0' + small % 10);
            small /= 10;
        } while (small > 0);
        return this;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long limit = 10; digits < MAX_DIGITS - 1 && number >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }

    /** Puts in the decimal digits of a number of 64 bits without a sign. */
    public Utf8Buffer putUnsigned(long number) {
        return number >= 0 ? put(number) : put(Long.toUnsignedString(number));
    }

    /** Puts in the hex digits of a number of 64 bits without a sign, in lower case and without zeros in front. */
    public Utf8Buffer putHex(long number) {
        ensure(MAX_DIGITS);
        int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 3) / 4);
        for (int i = digits - 1; i >= 0; i--) {
            bytes[length++] = HEX[(int) (number >>> 4 * i) & 0xf];
        }
        return this;
    }

    /** Puts in one ASCII character several times. */
    public Utf8Buffer repeat(char ascii, int times) {
        ensure(times);
        Arrays.fill(bytes, length, length + times, (byte) ascii);
        length += times;
        return this;
    }

    /** Takes the blanks from the end, but none before this byte. */
    public void stripBlanks(int from) {
        while (length > from && bytes[length - 1] == ' ') {
            length--;
        }
    }

    /** Puts in a part of another buffer. */
    public Utf8Buffer put(Utf8Buffer other, int from, int to) {
        write(other.bytes, from, to - from);
        return this;
    }

    /** Puts in another buffer, each of its bytes that is this character twice. */
    public Utf8Buffer putDoubling(char ascii, Utf8Buffer other) {
        ensure(Math.multiplyExact(2, other.length));
        byte[] from = other.bytes;
        byte[] into = bytes;
        int at = length;
        for (int i = 0; i < other.length; i++) {
            byte b = from[i];
            into[at++] = b;
            if (b == ascii) {
                into[at++] = b;
            }
        }
        length = at;
        return this;
    }

    @Override
    public void write(int b) {
        ensure(1);
        bytes[length++] = (byte) b;
    }

    /** Appends bytes, which {@link #chars()} counts one by one. */
    @Override
    public void write(byte[] from, int offset, int count) {
        ensure(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** Hands the bytes on and empties the buffer. */
    public void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        clear();
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void ensure(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), (int) Math.min(bytes.length * 2L,
                    Integer.MAX_VALUE - 8)));
        }
    }
}
