package dev.sockreel.capture;

import org.jspecify.annotations.Nullable;

/**
 * The extent of one zstd frame, found without decompressing it (RFC 8878, section 3.1.1), so that the decoder is given
 * this frame alone and never allocates a window larger than a group can need.
 *
 * @param end     one past its last byte, or past the available bytes where it is cut; 0 when no frame begins here
 * @param problem the fault, or null when its header and the chain of its blocks lead to {@code end}
 */
record ZstdFrame(int end, @Nullable String problem) {
    private static final int MAGIC = 0xFD2FB528;
    /** The window that RFC 8878 recommends every decoder to support; twice what a group can use. */
    static final int MAX_WINDOW_BYTES = 8 << 20;

    /** The size of magic, descriptor, and window or content size. */
    static final int MIN_BYTES = 6;

    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int BLOCK_RLE = 1;
    private static final int BLOCK_RESERVED = 3;

    static ZstdFrame measure(byte[] in) {
        if (in.length < MIN_BYTES || u32(in, 0) != Integer.toUnsignedLong(MAGIC)) {
            return new ZstdFrame(0, "no zstd frame after the group header");
        }
        int descriptor = in[4] & 0xff;
        boolean single = (descriptor & 0x20) != 0;
        int sizeBytes = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >> 6];
        int at = 5 + (single ? 0 : 1) + new int[] {0, 1, 2, 4}[descriptor & 3];
        if (at + sizeBytes > in.length) {
            return new ZstdFrame(0, "the zstd frame's header is cut");
        }
        long window = single ? number(in, at, sizeBytes) : window(in[5] & 0xff);
        if (window < 0 || window > MAX_WINDOW_BYTES) {
            return new ZstdFrame(0, "the zstd frame requires a window of " + Long.toUnsignedString(window) + " bytes");
        }
        return blocks(in, at + sizeBytes, (descriptor & 4) != 0 ? 4 : 0);
    }

    private static ZstdFrame blocks(byte[] in, int from, int checksumBytes) {
        int at = from;
        while (at + BLOCK_HEADER_BYTES <= in.length) {
            int header = (int) number(in, at, BLOCK_HEADER_BYTES);
            int type = (header >> 1) & 3;
            if (type == BLOCK_RESERVED) {
                break;
            }
            at += BLOCK_HEADER_BYTES + (type == BLOCK_RLE ? 1 : header >> 3);
            if ((header & 1) != 0 && at + checksumBytes <= in.length) {
                return new ZstdFrame(at + checksumBytes, null);
            }
        }
        return new ZstdFrame(in.length, "the zstd frame does not end within its group");
    }

    private static long window(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + (base >> 3) * (descriptor & 7);
    }

    private static long u32(byte[] in, int at) {
        return number(in, at, 4);
    }

    /** Reads a little-endian number. The two-byte content size counts from 256, which a limit may ignore. */
    private static long number(byte[] in, int at, int bytes) {
        long n = 0;
        for (int i = 0; i < bytes; i++) {
            n |= (in[at + i] & 0xffL) << (8 * i);
        }
        return n;
    }
}
