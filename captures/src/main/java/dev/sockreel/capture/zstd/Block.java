package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;

/**
 * The header of a block (RFC 8878, section 3.1.1.2): bit 0 says that it is the frame's last, bits 1 and 2 its type, the
 * others its size.
 */
public final class Block {
    /** The length of the header. */
    public static final int HEADER_BYTES = 3;
    /** The largest content of a block, and its largest compressed form. */
    public static final int MAX_BYTES = 128 * 1024;

    static final int RAW = 0;
    static final int RLE = 1;
    static final int COMPRESSED = 2;
    private static final int RESERVED = 3;

    /** Reads the header at the index. */
    public static int header(ByteBuffer in, int at) {
        return in.get(at) & 0xff | (in.get(at + 1) & 0xff) << 8 | (in.get(at + 2) & 0xff) << 16;
    }

    /** Tells whether no version has defined this type of block. */
    public static boolean isReserved(int header) {
        return type(header) == RESERVED;
    }

    /** Tells whether the block is the last of its frame. */
    public static boolean isLast(int header) {
        return (header & 1) != 0;
    }

    /** Returns how many bytes follow the header. */
    public static int bodyBytes(int header) {
        return type(header) == RLE ? 1 : size(header);
    }

    static int type(int header) {
        return header >> 1 & 3;
    }

    /** Returns the length of the content of a RAW or RLE block, or of the body of a compressed one. */
    static int size(int header) {
        return header >>> 3;
    }

    static int header(boolean last, int type, int size) {
        return (last ? 1 : 0) | type << 1 | size << 3;
    }

    private Block() {}
}
