package dev.sockreel.zstd;

import org.jspecify.annotations.Nullable;

/**
 * The extent of one zstd frame, found without decompressing it (RFC 8878, section 3.1.1), so that the decoder is given
 * exactly the frame's bytes and additional ones are noticed.
 *
 * @param end     offset of the byte after the frame; of a damaged one the end of the input, 0 when no frame begins here
 * @param problem the fault, or null when its header and the chain of its blocks lead to {@code end}
 */
public record ZstdFrame(int end, @Nullable String problem) {
    /** The window that RFC 8878 recommends every decoder to support; twice what a group can use. */
    public static final int MAX_WINDOW_BYTES = 8 << 20;

    /** The size of magic, descriptor, and window or content size. */
    public static final int MIN_BYTES = 6;

    public static ZstdFrame measure(byte[] in) {
        if (in.length < MIN_BYTES || number(in, 0, 4) != Integer.toUnsignedLong(Blocks.MAGIC)) {
            return new ZstdFrame(0, "no zstd frame after the group header");
        }
        int descriptor = in[Blocks.DESCRIPTOR_AT] & 0xff;
        int at = headerBytes(in);
        if (at > in.length) {
            return new ZstdFrame(0, "the zstd frame's header is cut");
        }
        int sizeBytes = Blocks.sizeBytes(descriptor);
        long window = Blocks.isSingleSegment(descriptor)
                ? number(in, at - sizeBytes, sizeBytes)
                : window(in[Blocks.DESCRIPTOR_AT + 1] & 0xff);
        if (window < 0 || window > MAX_WINDOW_BYTES) {
            return new ZstdFrame(0, "the zstd frame requires a window of " + Long.toUnsignedString(window) + " bytes");
        }
        return blocks(in, at, Blocks.checksumBytes(descriptor));
    }

    /** Returns the length of the header of a frame whose descriptor is there: the offset of the first block. */
    static int headerBytes(byte[] in) {
        return Blocks.DESCRIPTOR_AT + 1 + Blocks.bytesAfter(in[Blocks.DESCRIPTOR_AT] & 0xff);
    }

    private static ZstdFrame blocks(byte[] in, int from, int checksumBytes) {
        int at = from;
        while (at + Blocks.HEADER_BYTES <= in.length) {
            int header = Blocks.header(in, at);
            if (Blocks.isReserved(header)) {
                break;
            }
            at += Blocks.HEADER_BYTES + Blocks.bodyBytes(header);
            if (Blocks.isLast(header) && at + checksumBytes <= in.length) {
                return new ZstdFrame(at + checksumBytes, null);
            }
        }
        return new ZstdFrame(in.length, "the zstd frame does not end within its group");
    }

    private static long window(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + (base >> 3) * (descriptor & 7);
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
