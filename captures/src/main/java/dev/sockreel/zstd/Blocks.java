package dev.sockreel.zstd;

/** The parts of a frame that lead from one block to the next (RFC 8878, sections 3.1.1.1 and 3.1.1.2). */
final class Blocks {
    static final int MAGIC = 0xFD2FB528;
    /** The offset of the frame header's descriptor, behind the magic. */
    static final int DESCRIPTOR_AT = 4;
    /** The length of a block's header. */
    static final int HEADER_BYTES = 3;

    private static final int SINGLE_SEGMENT = 0x20;
    private static final int CHECKSUM = 4;
    private static final int CHECKSUM_BYTES = 4;
    private static final int TYPE_RLE = 1;
    private static final int TYPE_RESERVED = 3;

    static boolean isSingleSegment(int descriptor) {
        return (descriptor & SINGLE_SEGMENT) != 0;
    }

    /** Returns the length of the frame's content size. */
    static int sizeBytes(int descriptor) {
        return new int[] {isSingleSegment(descriptor) ? 1 : 0, 2, 4, 8}[descriptor >> 6 & 3];
    }

    /** Returns how many bytes of the header follow the descriptor: window, dictionary and content size. */
    static int bytesAfter(int descriptor) {
        return (isSingleSegment(descriptor) ? 0 : 1) + new int[] {0, 1, 2, 4}[descriptor & 3] + sizeBytes(descriptor);
    }

    /** Returns the length of the checksum after the last block. */
    static int checksumBytes(int descriptor) {
        return (descriptor & CHECKSUM) != 0 ? CHECKSUM_BYTES : 0;
    }

    /** Returns the header of a block as a number. */
    static int header(byte[] in, int at) {
        return in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16;
    }

    static boolean isLast(int header) {
        return (header & 1) != 0;
    }

    static boolean isReserved(int header) {
        return (header >> 1 & 3) == TYPE_RESERVED;
    }

    /** Returns how many bytes follow a block's header. */
    static int bodyBytes(int header) {
        return (header >> 1 & 3) == TYPE_RLE ? 1 : header >> 3;
    }

    private Blocks() {}
}
