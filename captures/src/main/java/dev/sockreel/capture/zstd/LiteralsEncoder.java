package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes the literals of a block (RFC 8878, section 3.1.1.3.1), compressed where that pays. */
final class LiteralsEncoder {
    /** Fewer are not worth a table. */
    private static final int MIN_COMPRESSED = 48;
    private static final int MIN_FOUR_STREAMS = 256;

    private final int[] histogram = new int[256];

    /** Returns where the section ends. */
    int write(byte[] literals, int count, ByteBuffer out, int at) {
        if (count < MIN_COMPRESSED) {
            return writePlain(Literals.RAW, literals, count, count, out, at);
        }
        Arrays.fill(histogram, 0);
        for (int i = 0; i < count; i++) {
            histogram[literals[i] & 0xff]++;
        }
        int most = 0;
        for (int n : histogram) {
            most = Math.max(most, n);
        }
        if (most == count) {
            return writePlain(Literals.RLE, literals, count, 1, out, at);
        }
        HuffmanEncoder huffman = new HuffmanEncoder(histogram);
        int worth = count - (count >> 6) - 16;
        if (huffman.bytes(histogram) < worth) {
            int end = writeCompressed(huffman, literals, count, out, at);
            if (end >= 0 && end - at < worth) {
                return end;
            }
        }
        return writePlain(Literals.RAW, literals, count, count, out, at);
    }

    private static int writePlain(int type, byte[] literals, int count, int stored, ByteBuffer out, int at) {
        int begin;
        if (count < 1 << 5) {
            out.put(at, (byte) (type | count << 3));
            begin = at + 1;
        } else if (count < 1 << 12) {
            out.putShort(at, (short) (type | 1 << 2 | count << 4));
            begin = at + 2;
        } else {
            out.putInt(at, type | 3 << 2 | count << 4);
            begin = at + 3;
        }
        out.put(begin, literals, 0, stored);
        return begin + stored;
    }

    /** Returns where the section ends, -1 where the table cannot be written. */
    private static int writeCompressed(HuffmanEncoder huffman, byte[] literals, int count, ByteBuffer out, int at) {
        int format = count < MIN_FOUR_STREAMS ? 0 : count < 1 << 10 ? 1 : count < 1 << 14 ? 2 : 3;
        int sizeBits = new int[] {10, 10, 14, 18}[format];
        int table = at + Math.max(3, format + 2);
        int begin = huffman.writeTable(out, table);
        if (begin < 0) {
            return -1;
        }
        int end = format == 0
                ? huffman.write(literals, 0, count, out, begin)
                : writeStreams(huffman, literals, count, out, begin);
        if (end - table >= 1 << sizeBits) {
            return -1;
        }
        long header = Literals.COMPRESSED | format << 2 | (long) count << 4 | (long) (end - table) << 4 + sizeBits;
        for (int i = at; i < table; i++) {
            out.put(i, (byte) header);
            header >>= 8;
        }
        return end;
    }

    private static int writeStreams(HuffmanEncoder huffman, byte[] literals, int count, ByteBuffer out, int begin) {
        int part = (count + 3) / 4;
        int at = begin + Literals.JUMP_TABLE_BYTES;
        for (int i = 0; i < 4; i++) {
            int end = huffman.write(literals, part * i, Math.min(count, part * (i + 1)), out, at);
            if (i < 3) {
                out.putShort(begin + 2 * i, (short) (end - at));
            }
            at = end;
        }
        return at;
    }
}
