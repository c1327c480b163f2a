package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A decoding table of literals (RFC 8878, section 4.2): the next bits of a stream, as many as the longest code has,
 * give a symbol and the length of its code.
 */
final class HuffmanTable {
    static final int MAX_BITS = 11;
    static final int MAX_WEIGHTS_LOG = 6;
    /** From this first byte of a description on, weights of four bits follow. */
    static final int DIRECT = 128;
    /** What one look of {@link BitReader} gives, at the longest codes. */
    private static final int SYMBOLS_A_LOOK = BitReader.MAX_LOOK_BITS / MAX_BITS;

    private final int bits;
    /** The symbol in bits 8 to 15, the length of its code below. */
    private final char[] entries;

    private HuffmanTable(int bits, char[] entries) {
        this.bits = bits;
        this.entries = entries;
    }

    /** A table and where its description ends. */
    record Described(HuffmanTable table, int end) {}

    /** Reads a table's description: the weights of all symbols but the last, which follows from them. */
    static Described read(ByteBuffer in, int begin, int end) throws ZstdException {
        int first = begin < end ? in.get(begin) & 0xff : 0;
        int at = begin + 1;
        int to = at + (first < DIRECT ? first : first - DIRECT + 2 >> 1);
        if (to > end || to == at) {
            throw new ZstdException("the description of a Huffman table is cut");
        }
        byte[] weights = new byte[256];
        int count;
        if (first < DIRECT) {
            count = readCompressed(in, at, to, weights);
        } else {
            count = first - DIRECT + 1;
            for (int i = 0; i < count; i++) {
                weights[i] = (byte) (in.get(at + (i >> 1)) >> ((i & 1) == 0 ? 4 : 0) & 15);
            }
        }
        return new Described(of(weights, count), to);
    }

    /** Reads weights that two states write by turns; the stream's end says how many. */
    private static int readCompressed(ByteBuffer in, int begin, int end, byte[] weights) throws ZstdException {
        FseTable.Described described = FseTable.read(in, begin, end, MAX_BITS + 2, MAX_WEIGHTS_LOG);
        FseTable table = described.table();
        BitReader bits = new BitReader(in, described.end(), end);
        int turn = table.state(bits.read(table.log()));
        int other = table.state(bits.read(table.log()));
        if (bits.left() < 0) {
            throw new ZstdException("the description of a Huffman table is cut");
        }
        int count = 0;
        while (bits.left() >= 0) {
            if (count >= weights.length - 2) {
                throw new ZstdException("a Huffman table has more than 256 symbols");
            }
            weights[count++] = (byte) FseTable.symbol(turn);
            int next = FseTable.base(turn) + bits.read(FseTable.bits(turn));
            turn = other;
            other = bits.left() < 0 ? other : table.state(next);
        }
        weights[count++] = (byte) FseTable.symbol(turn);
        return count;
    }

    /** @param weights of {@code count} symbols; the next one's is added */
    private static HuffmanTable of(byte[] weights, int count) throws ZstdException {
        int sum = 0;
        int longest = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] > MAX_BITS + 1) {
                throw new ZstdException("a Huffman code is too long");
            }
            sum += 1 << weights[i] >> 1;
            longest += weights[i] == 1 ? 1 : 0;
        }
        int bits = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << bits) - sum;
        longest += rest == 1 ? 1 : 0;
        if (sum == 0 || bits > MAX_BITS || Integer.bitCount(rest) != 1 || longest < 2) {
            throw new ZstdException("the weights of a Huffman table make no table");
        }
        weights[count] = (byte) (32 - Integer.numberOfLeadingZeros(rest));
        char[] entries = new char[1 << bits];
        int at = 0;
        for (int weight = 1; weight <= bits; weight++) {
            for (int symbol = 0; symbol <= count; symbol++) {
                if (weights[symbol] == weight) {
                    int next = at + (1 << weight - 1);
                    Arrays.fill(entries, at, next, (char) (symbol << 8 | bits + 1 - weight));
                    at = next;
                }
            }
        }
        return new HuffmanTable(bits, entries);
    }

    /** Decodes a stream, which must have exactly the symbols from {@code begin} to {@code end}. */
    void decode(ByteBuffer in, int streamBegin, int streamEnd, byte[] out, int begin, int end) throws ZstdException {
        BitReader stream = new BitReader(in, streamBegin, streamEnd);
        int mask = (1 << bits) - 1;
        int at = begin;
        while (at + SYMBOLS_A_LOOK <= end && stream.left() >= SYMBOLS_A_LOOK * MAX_BITS) {
            long look = stream.look(SYMBOLS_A_LOOK * MAX_BITS);
            int shift = SYMBOLS_A_LOOK * MAX_BITS - bits;
            for (int i = 0; i < SYMBOLS_A_LOOK; i++) {
                int entry = entries[(int) (look >>> shift) & mask];
                out[at++] = (byte) (entry >> 8);
                shift -= entry & 0xff;
            }
            stream.skip(SYMBOLS_A_LOOK * MAX_BITS - bits - shift);
        }
        while (at < end) {
            int entry = entries[(int) stream.look(bits)];
            out[at++] = (byte) (entry >> 8);
            stream.skip(entry & 0xff);
        }
        if (stream.left() != 0) {
            throw new ZstdException("a stream of literals has " + (stream.left() < 0 ? "too few" : "too many") + " bits");
        }
    }
}
