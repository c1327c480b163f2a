package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Encodes frames, fast rather than small: about as zstd --fast=1. Each states its length and is its own window, so that
 * a decoder needs no more memory than the content. Not thread-safe.
 */
public final class ZstdEncoder {
    private static final int HEADER_BYTES = 9;
    /** The worst that {@link Sequences} can make of a block before it is stored as it is. */
    private static final int MAX_ENCODED_BYTES = 4 * Block.MAX_BYTES;

    private final MatchFinder matches = new MatchFinder();
    private final Sequences sequences = new Sequences();
    private final LiteralsEncoder literals = new LiteralsEncoder();
    private final ByteBuffer block = ByteBuffer.allocate(MAX_ENCODED_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Returns the size of the largest frame for so much content, bytes. */
    public static int maxBytes(int contentBytes) {
        int blocks = Math.max(1, (contentBytes + Block.MAX_BYTES - 1) / Block.MAX_BYTES);
        return HEADER_BYTES + blocks * Block.HEADER_BYTES + contentBytes;
    }

    /**
     * Writes the first bytes of the array as one frame.
     *
     * @param out receives the frame; {@link #maxBytes} are enough
     */
    public void encode(byte[] content, int bytes, ByteBuffer out) {
        writeHeader(bytes, out);
        matches.begin(content);
        int at = 0;
        do {
            int end = Math.min(bytes, at + Block.MAX_BYTES);
            writeBlock(content, at, end, end == bytes, out);
            at = end;
        } while (at < bytes);
    }

    private static void writeHeader(int bytes, ByteBuffer out) {
        putLittleEndian(FrameHeader.MAGIC, 4, out);
        if (bytes < 256) {
            putLittleEndian(FrameHeader.SINGLE_SEGMENT | bytes << 8, 2, out);
        } else if (bytes < 256 + (1 << 16)) {
            putLittleEndian(1 << 6 | FrameHeader.SINGLE_SEGMENT | bytes - 256 << 8, 3, out);
        } else {
            putLittleEndian(2 << 6 | FrameHeader.SINGLE_SEGMENT, 1, out);
            putLittleEndian(bytes, 4, out);
        }
    }

    private void writeBlock(byte[] content, int begin, int end, boolean last, ByteBuffer out) {
        int size = end - begin;
        sequences.clear();
        matches.search(begin, end, sequences);
        int encoded = literals.write(sequences.literals(), sequences.literalsCount(), block, 0);
        if (encoded < size) {
            encoded = sequences.write(block, encoded);
        }
        if (encoded < size) {
            putLittleEndian(Block.header(last, Block.COMPRESSED, encoded), Block.HEADER_BYTES, out);
            out.put(block.array(), 0, encoded);
        } else {
            putLittleEndian(Block.header(last, Block.RAW, size), Block.HEADER_BYTES, out);
            out.put(content, begin, size);
        }
    }

    private static void putLittleEndian(int value, int bytes, ByteBuffer out) {
        for (int i = 0; i < bytes; i++) {
            out.put((byte) (value >>> 8 * i));
        }
    }
}
