package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;

/**
 * The header of a zstd frame (RFC 8878, section 3.1.1.1).
 *
 * <pre>
 * magic  descriptor  [window]  [dictionary id]  [content size]
 * 4      1           0-1       0-4              0-8
 * </pre>
 *
 * @param bytes        its length, magic included
 * @param windowBytes  how far back a match may reach; as unsigned, since a hostile frame may claim 2^64 - 1
 * @param contentBytes the content's stated length, {@link #UNKNOWN} for none; as unsigned
 * @param hasChecksum  whether the frame ends with four bytes of XXH64 of its content
 * @param dictionaryId the dictionary that it was compressed with, 0 for none
 */
public record FrameHeader(int bytes, long windowBytes, long contentBytes, boolean hasChecksum, long dictionaryId) {
    /** The first four bytes of a frame, little-endian. */
    public static final int MAGIC = 0xFD2FB528;
    /** The size of magic, descriptor, and window or content size. */
    public static final int MIN_BYTES = 6;
    /** The size of a header with all its fields. */
    public static final int MAX_BYTES = 18;
    /** The content's length when the header does not state it. */
    public static final long UNKNOWN = -1;

    static final int SINGLE_SEGMENT = 0x20;
    static final int CHECKSUM = 0x04;
    private static final int RESERVED = 0x08;
    private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};
    private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};

    /** Returns the length of the header that begins with this descriptor, the byte after the magic. */
    public static int bytes(int descriptor) {
        boolean single = (descriptor & SINGLE_SEGMENT) != 0;
        int contentSize = CONTENT_SIZE_BYTES[descriptor >> 6 & 3];
        return 5 + (single ? 0 : 1) + DICTIONARY_ID_BYTES[descriptor & 3]
                + (single && contentSize == 0 ? 1 : contentSize);
    }

    /**
     * Reads the header at the index.
     *
     * @param in little-endian, with at least {@link #bytes(int)} bytes from there on
     * @throws ZstdException when a bit is set that no version has defined
     */
    public static FrameHeader read(ByteBuffer in, int begin) throws ZstdException {
        int descriptor = in.get(begin + 4) & 0xff;
        if ((descriptor & RESERVED) != 0) {
            throw new ZstdException("the frame's header has a reserved bit set");
        }
        boolean single = (descriptor & SINGLE_SEGMENT) != 0;
        int at = begin + 5;
        long window = single ? 0 : window(in.get(at++) & 0xff);
        int idBytes = DICTIONARY_ID_BYTES[descriptor & 3];
        long dictionary = number(in, at, idBytes);
        at += idBytes;
        int size = descriptor >> 6;
        int sizeBytes = single && size == 0 ? 1 : CONTENT_SIZE_BYTES[size];
        long content = sizeBytes == 0 ? UNKNOWN : number(in, at, sizeBytes) + (sizeBytes == 2 ? 256 : 0);
        return new FrameHeader(at + sizeBytes - begin, single ? content : window, content,
                (descriptor & CHECKSUM) != 0, dictionary);
    }

    private static long window(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + (base >> 3) * (descriptor & 7);
    }

    private static long number(ByteBuffer in, int at, int bytes) {
        long n = 0;
        for (int i = 0; i < bytes; i++) {
            n |= (in.get(at + i) & 0xffL) << (8 * i);
        }
        return n;
    }

    /** Returns the length of the longest block: 128 KiB, or the window where that is smaller. */
    int maxBlockBytes() {
        return Long.compareUnsigned(windowBytes, Block.MAX_BYTES) < 0 ? (int) windowBytes : Block.MAX_BYTES;
    }
}
