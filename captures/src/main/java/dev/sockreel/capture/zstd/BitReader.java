package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;

/**
 * Reads a bit stream from its end to its begin, as zstd writes entropy-coded data (RFC 8878, section 4.1): the highest
 * bit that is set in the last byte only marks the end. Where a read asks for more than is left, zeros follow and
 * {@link #left()} becomes negative.
 */
final class BitReader {
    /** How many bits one look gives at least: 64 less the 7 by which a byte's begin may be missed. */
    static final int MAX_LOOK_BITS = 57;

    private final ByteBuffer in;
    private final int begin;
    private int left;

    /** @param in little-endian */
    BitReader(ByteBuffer in, int begin, int end) throws ZstdException {
        int last = begin < end ? in.get(end - 1) & 0xff : 0;
        if (last == 0) {
            throw new ZstdException("a bit stream has no end mark");
        }
        this.in = in;
        this.begin = begin;
        left = (end - begin) * 8 - Integer.numberOfLeadingZeros(last) + 23;
    }

    /** Returns how many bits were not read yet; negative when more were read than there are. */
    int left() {
        return left;
    }

    void skip(int bits) {
        left -= bits;
    }

    /** Reads up to 32 bits. */
    int read(int bits) {
        int value = (int) look(bits);
        left -= bits;
        return value;
    }

    /** Returns the next bits, at most {@link #MAX_LOOK_BITS}, without reading them. */
    long look(int bits) {
        int at = left - bits;
        if (at >= 0) {
            return load(begin + (at >> 3)) >>> (at & 7) & (1L << bits) - 1;
        }
        return left <= 0 ? 0 : (load(begin) & (1L << left) - 1) << -at;
    }

    private long load(int at) {
        return at + Long.BYTES <= in.limit() ? in.getLong(at) : loadLast(at);
    }

    private long loadLast(int at) {
        long value = 0;
        for (int i = in.limit() - 1; i >= at; i--) {
            value = value << 8 | in.get(i) & 0xff;
        }
        return value;
    }
}
