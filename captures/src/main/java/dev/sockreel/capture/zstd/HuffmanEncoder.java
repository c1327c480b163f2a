package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The Huffman code of one block's literals (RFC 8878, section 4.2). */
final class HuffmanEncoder {
    private static final int MAX_BITS = HuffmanTable.MAX_BITS;
    private static final int SYMBOLS_A_FLUSH = BitWriter.MAX_ADDED_BITS / MAX_BITS - 1;

    /** How long each symbol's code is; 0 for those that do not occur. */
    private final byte[] lengths;
    private final short[] codes;
    private final int maxBits;
    private final int lastSymbol;

    /** @param histogram how often each byte occurs, of which there are at least two different ones */
    HuffmanEncoder(int[] histogram) {
        lengths = lengths(histogram);
        int max = 0;
        int last = 0;
        for (int s = 0; s < lengths.length; s++) {
            max = Math.max(max, lengths[s]);
            last = lengths[s] > 0 ? s : last;
        }
        maxBits = max;
        lastSymbol = last;
        codes = codes();
    }

    /**
     * Finds the best code lengths of at most 11 bits by package-merge: each level's list is the symbols, by how often
     * they occur, merged with the pairs of the level before; a symbol's length is in how many levels it is among the
     * first 2n - 2.
     */
    private static byte[] lengths(int[] histogram) {
        int[] order = order(histogram);
        int n = order.length;
        int[] counts = new int[n];
        for (int i = 0; i < n; i++) {
            counts[i] = histogram[order[i]];
        }
        boolean[][] isSymbol = new boolean[MAX_BITS][];
        long[] before = new long[0];
        for (int level = 0; level < MAX_BITS; level++) {
            long[] list = new long[n + before.length / 2];
            isSymbol[level] = new boolean[list.length];
            for (int i = 0, symbol = 0, pair = 0; i < list.length; i++) {
                long pairCount =
                        2 * pair + 1 < before.length ? before[2 * pair] + before[2 * pair + 1] : Long.MAX_VALUE;
                if (symbol < n && counts[symbol] <= pairCount) {
                    isSymbol[level][i] = true;
                    list[i] = counts[symbol++];
                } else {
                    list[i] = pairCount;
                    pair++;
                }
            }
            before = list;
        }
        byte[] lengths = new byte[histogram.length];
        for (int level = MAX_BITS - 1, take = 2 * n - 2; level >= 0; level--) {
            int symbols = 0;
            for (int i = 0; i < take; i++) {
                symbols += isSymbol[level][i] ? 1 : 0;
            }
            for (int i = 0; i < symbols; i++) {
                lengths[order[i]]++;
            }
            take = 2 * (take - symbols);
        }
        return lengths;
    }

    /** Returns the symbols that occur, the rarest first. */
    private static int[] order(int[] histogram) {
        long[] sorted = new long[histogram.length];
        int n = 0;
        for (int s = 0; s < histogram.length; s++) {
            if (histogram[s] > 0) {
                sorted[n++] = (long) histogram[s] << 8 | s;
            }
        }
        Arrays.sort(sorted, 0, n);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = (int) (sorted[i] & 0xff);
        }
        return order;
    }

    /** Gives out codes as {@link HuffmanTable} lays out its entries: the longest first, then by symbol. */
    private short[] codes() {
        short[] given = new short[lengths.length];
        int at = 0;
        for (int length = maxBits; length > 0; length--) {
            for (int s = 0; s <= lastSymbol; s++) {
                if (lengths[s] == length) {
                    given[s] = (short) (at >> maxBits - length);
                    at += 1 << maxBits - length;
                }
            }
        }
        return given;
    }

    /** Returns how many bytes the symbols of the histogram take, without the table and the streams' ends. */
    int bytes(int[] histogram) {
        long bits = 0;
        for (int s = 0; s <= lastSymbol; s++) {
            bits += (long) histogram[s] * lengths[s];
        }
        return (int) (bits >> 3);
    }

    /** Writes the weights of all symbols but the last; returns where they end, -1 where they cannot be written. */
    int writeTable(ByteBuffer out, int at) {
        byte[] weights = new byte[lastSymbol];
        for (int s = 0; s < lastSymbol; s++) {
            weights[s] = (byte) (lengths[s] == 0 ? 0 : maxBits + 1 - lengths[s]);
        }
        int direct = 1 + (lastSymbol + 1 >> 1);
        Distribution distribution = distribution(weights);
        if (distribution != null) {
            int end = writeCompressed(weights, distribution, out, at + 1);
            int bytes = end - at - 1;
            if (bytes < HuffmanTable.DIRECT && (bytes + 1 < direct || lastSymbol > HuffmanTable.DIRECT)) {
                out.put(at, (byte) bytes);
                return end;
            }
        }
        if (lastSymbol > HuffmanTable.DIRECT) {
            return -1;
        }
        out.put(at, (byte) (HuffmanTable.DIRECT - 1 + lastSymbol));
        for (int s = 0; s < lastSymbol; s += 2) {
            int low = s + 1 < lastSymbol ? weights[s + 1] : 0;
            out.put(at + 1 + (s >> 1), (byte) (weights[s] << 4 | low));
        }
        return at + direct;
    }

    /** Returns the distribution of the weights, null where there are too few or all are the same. */
    private static @Nullable Distribution distribution(byte[] weights) {
        int[] histogram = new int[MAX_BITS + 1];
        int most = 0;
        for (byte weight : weights) {
            most = Math.max(most, ++histogram[weight]);
        }
        return most == weights.length || weights.length < 3
                ? null
                : Distribution.of(histogram, weights.length, HuffmanTable.MAX_WEIGHTS_LOG);
    }

    private static int writeCompressed(byte[] weights, Distribution distribution, ByteBuffer out, int at) {
        BitWriter bits = new BitWriter(out, distribution.write(out, at));
        FseEncoder[] turns = {distribution.encoder(), distribution.encoder()};
        for (int i = weights.length - 1; i >= 0; i--) {
            turns[i & 1].encode(bits, weights[i]);
            bits.flush();
        }
        turns[1].end(bits);
        turns[0].end(bits);
        return bits.endMarked();
    }

    /** Writes the symbols as one stream, and returns where it ends. */
    int write(byte[] in, int begin, int end, ByteBuffer out, int at) {
        BitWriter bits = new BitWriter(out, at);
        int i = end;
        while (i - SYMBOLS_A_FLUSH >= begin) {
            for (int n = 0; n < SYMBOLS_A_FLUSH; n++) {
                int symbol = in[--i] & 0xff;
                bits.add(codes[symbol], lengths[symbol]);
            }
            bits.flush();
        }
        while (i > begin) {
            int symbol = in[--i] & 0xff;
            bits.add(codes[symbol], lengths[symbol]);
            bits.flush();
        }
        return bits.endMarked();
    }
}
