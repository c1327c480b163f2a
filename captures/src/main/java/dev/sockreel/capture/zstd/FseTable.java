package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;

/**
 * A decoding table of finite state entropy (RFC 8878, section 4.1): a state gives a symbol, and how to get the next
 * state from the bits that follow.
 */
final class FseTable {
    static final int MIN_LOG = 5;

    private final int log;
    /** A state's symbol in bits 0 to 7, number of bits in 8 to 15, and base of the next state from 16 on. */
    private final int[] states;

    private FseTable(int log, int[] states) {
        this.log = log;
        this.states = states;
    }

    /** Builds the table that knows only one symbol and needs no bits for it. */
    static FseTable ofOne(int symbol) {
        return new FseTable(0, new int[] {symbol});
    }

    /**
     * Builds the table of a distribution.
     *
     * @param counts how many of the 1 &lt;&lt; log states each symbol has, -1 for one of those at the end
     */
    static FseTable of(short[] counts, int symbols, int log) {
        byte[] spread = spread(counts, symbols, log);
        int[] next = new int[symbols];
        for (int s = 0; s < symbols; s++) {
            next[s] = Math.abs(counts[s]);
        }
        int size = 1 << log;
        int[] states = new int[size];
        for (int i = 0; i < size; i++) {
            int symbol = spread[i] & 0xff;
            int n = next[symbol]++;
            int bits = log - (31 - Integer.numberOfLeadingZeros(n));
            states[i] = symbol | bits << 8 | (n << bits) - size << 16;
        }
        return new FseTable(log, states);
    }

    /** Returns which symbol each state stands for. */
    static byte[] spread(short[] counts, int symbols, int log) {
        int size = 1 << log;
        byte[] spread = new byte[size];
        int high = size - 1;
        for (int s = 0; s < symbols; s++) {
            if (counts[s] == -1) {
                spread[high--] = (byte) s;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int at = 0;
        for (int s = 0; s < symbols; s++) {
            for (int i = 0; i < counts[s]; i++) {
                spread[at] = (byte) s;
                do {
                    at = at + step & size - 1;
                } while (at > high);
            }
        }
        return spread;
    }

    int log() {
        return log;
    }

    /** Returns the symbol of a state, with the number of bits and the base of the next one above it. */
    int state(int index) {
        return states[index];
    }

    static int symbol(int state) {
        return state & 0xff;
    }

    static int bits(int state) {
        return state >> 8 & 0xff;
    }

    static int base(int state) {
        return state >> 16;
    }

    /** A table and where its description ends. */
    record Described(FseTable table, int end) {}

    /**
     * Reads a table's description (section 4.1.1): an accuracy, then counts of ever fewer bits until all states are
     * given away.
     *
     * @throws ZstdException when it is cut, too accurate, or gives away more states or symbols than there are
     */
    static Described read(ByteBuffer in, int begin, int end, int maxSymbols, int maxLog) throws ZstdException {
        ForwardBits bits = new ForwardBits(in, begin, end);
        int log = bits.read(4) + MIN_LOG;
        if (log > maxLog) {
            throw new ZstdException("a table's accuracy of " + log + " bits is above " + maxLog);
        }
        short[] counts = new short[maxSymbols];
        int symbols = 0;
        int states = 1 << log;
        while (states > 0) {
            if (symbols == maxSymbols) {
                throw new ZstdException("a table has more than " + maxSymbols + " symbols");
            }
            int count = bits.readUpTo(states + 1) - 1;
            counts[symbols++] = (short) count;
            states -= Math.abs(count);
            if (count == 0) {
                symbols = zeros(bits, symbols, maxSymbols);
            }
        }
        return new Described(of(counts, symbols, log), bits.end());
    }

    /** Reads how many symbols without states follow one without: by two bits, and more of them while they are 3. */
    private static int zeros(ForwardBits bits, int from, int maxSymbols) throws ZstdException {
        int symbols = from;
        int more;
        do {
            more = bits.read(2);
            symbols += more;
            if (symbols > maxSymbols) {
                throw new ZstdException("a table has more than " + maxSymbols + " symbols");
            }
        } while (more == 3);
        return symbols;
    }

    /** Reads a bit stream from its begin to its end, the lowest bit of a byte first. */
    private static final class ForwardBits {
        private final ByteBuffer in;
        private final int begin;
        private final int end;
        private int at;

        ForwardBits(ByteBuffer in, int begin, int end) {
            this.in = in;
            this.begin = begin;
            this.end = end;
        }

        int read(int bits) throws ZstdException {
            int value = look(bits);
            skip(bits);
            return value;
        }

        /** Reads a number from 0 to {@code max}, the smaller ones of which have one bit less. */
        int readUpTo(int max) throws ZstdException {
            int bits = 32 - Integer.numberOfLeadingZeros(max);
            int shorts = (1 << bits) - 1 - max;
            int value = look(bits);
            int low = value & (1 << bits - 1) - 1;
            if (low < shorts) {
                skip(bits - 1);
                return low;
            }
            skip(bits);
            return value >= 1 << bits - 1 ? value - shorts : value;
        }

        private int look(int bits) {
            int value = 0;
            for (int i = 0; i < 3; i++) {
                int index = begin + (at >> 3) + i;
                value |= (index < end ? in.get(index) & 0xff : 0) << 8 * i;
            }
            return value >> (at & 7) & (1 << bits) - 1;
        }

        private void skip(int bits) throws ZstdException {
            at += bits;
            if (end() > end) {
                throw new ZstdException("a table's description is cut");
            }
        }

        int end() {
            return begin + (at + 7 >> 3);
        }
    }
}
