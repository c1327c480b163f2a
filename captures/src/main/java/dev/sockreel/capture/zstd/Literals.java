package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The literals of one block after another: its bytes that no match copies (RFC 8878, section 3.1.1.3.1). */
final class Literals {
    static final int RAW = 0;
    static final int RLE = 1;
    static final int COMPRESSED = 2;
    /** Compressed with the Huffman table of the block before. */
    private static final int TREELESS = 3;
    private static final int STREAMS = 4;
    /** The lengths of the first three of four streams. */
    static final int JUMP_TABLE_BYTES = 6;

    private byte[] bytes = new byte[0];
    private int count;
    private @Nullable HuffmanTable table;

    void beginFrame() {
        table = null;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns how many of the bytes are the block's. */
    int count() {
        return count;
    }

    /** Reads the section that a block begins with and returns where it ends. */
    int read(ByteBuffer in, int begin, int end) throws ZstdException {
        int first = in.get(begin) & 0xff;
        int format = first >> 2 & 3;
        return (first & 3) <= RLE ? plain(in, begin, end, first, format) : compressed(in, begin, end, first, format);
    }

    private int plain(ByteBuffer in, int begin, int end, int first, int format) throws ZstdException {
        int headerBytes = (format & 1) == 0 ? 1 : format == 1 ? 2 : 3;
        long header = header(in, begin, end, headerBytes);
        setCount(headerBytes == 1 ? first >> 3 : (int) (header >> 4));
        int at = begin + headerBytes;
        int stored = (first & 3) == RAW ? count : 1;
        if (at + stored > end) {
            throw new ZstdException("the literals are cut");
        }
        if ((first & 3) == RAW) {
            in.get(at, bytes, 0, count);
        } else {
            Arrays.fill(bytes, 0, count, in.get(at));
        }
        return at + stored;
    }

    private int compressed(ByteBuffer in, int begin, int end, int first, int format) throws ZstdException {
        int headerBytes = Math.max(3, format + 2);
        int sizeBits = new int[] {10, 10, 14, 18}[format];
        long header = header(in, begin, end, headerBytes) >> 4;
        setCount((int) header & (1 << sizeBits) - 1);
        int at = begin + headerBytes;
        int to = at + (int) (header >> sizeBits);
        if (to > end) {
            throw new ZstdException("the literals are cut");
        }
        if ((first & 3) != TREELESS) {
            HuffmanTable.Described described = HuffmanTable.read(in, at, to);
            table = described.table();
            at = described.end();
        }
        HuffmanTable huffman = table;
        if (huffman == null) {
            throw new ZstdException("literals use the table of a block before, and there is none");
        }
        if (format == 0) {
            huffman.decode(in, at, to, bytes, 0, count);
        } else {
            decodeStreams(huffman, in, at, to);
        }
        return to;
    }

    private void decodeStreams(HuffmanTable huffman, ByteBuffer in, int begin, int end) throws ZstdException {
        int at = begin + JUMP_TABLE_BYTES;
        int part = (count + STREAMS - 1) / STREAMS;
        if (at > end || part * (STREAMS - 1) > count) {
            throw new ZstdException("the literals are too few for four streams");
        }
        for (int i = 0; i < STREAMS; i++) {
            int to = i == STREAMS - 1 ? end : at + (in.getShort(begin + 2 * i) & 0xffff);
            if (to > end) {
                throw new ZstdException("a stream of literals is cut");
            }
            huffman.decode(in, at, to, bytes, part * i, i == STREAMS - 1 ? count : part * (i + 1));
            at = to;
        }
    }

    private static long header(ByteBuffer in, int begin, int end, int bytes) throws ZstdException {
        if (begin + bytes > end) {
            throw new ZstdException("the header of the literals is cut");
        }
        long header = 0;
        for (int i = 0; i < bytes; i++) {
            header |= (in.get(begin + i) & 0xffL) << 8 * i;
        }
        return header;
    }

    private void setCount(int literals) throws ZstdException {
        if (literals > Block.MAX_BYTES) {
            throw new ZstdException("a block has more than " + Block.MAX_BYTES + " literals");
        }
        count = literals;
        if (bytes.length < literals) {
            bytes = new byte[Math.clamp(2L * bytes.length, literals, Block.MAX_BYTES)];
        }
    }
}
