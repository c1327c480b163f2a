package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;

/** Writes bits into bytes, the lowest bit of a byte first. What was written last {@link BitReader} reads first. */
final class BitWriter {
    /** How many bits may be added between two calls of {@link #flush()}. */
    static final int MAX_ADDED_BITS = 56;

    private final ByteBuffer out;
    private int at;
    private long bits;
    private int count;

    /** @param out little-endian, with 8 bytes to spare */
    BitWriter(ByteBuffer out, int at) {
        this.out = out;
        this.at = at;
    }

    /** Adds the low bits of a value, all above which must be 0. */
    void add(int value, int bitCount) {
        bits |= (value & 0xffffffffL) << count;
        count += bitCount;
    }

    /** Writes the whole bytes of what was added. */
    void flush() {
        out.putLong(at, bits);
        at += count >> 3;
        bits >>>= count & ~7;
        count &= 7;
    }

    /** Writes the rest, filled with zeros, and returns where it ends. */
    int end() {
        flush();
        out.putLong(at, bits);
        return at + (count > 0 ? 1 : 0);
    }

    /** Writes the rest with the mark that {@link BitReader} begins at, and returns where it ends. */
    int endMarked() {
        add(1, 1);
        return end();
    }
}
