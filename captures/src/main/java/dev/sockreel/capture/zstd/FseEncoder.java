package dev.sockreel.capture.zstd;

/** Encodes symbols, the last one first, so that {@link FseTable} decodes them (RFC 8878, section 4.1). */
final class FseEncoder {
    private static final int NONE = -1;

    private final int log;
    /** The states of the table, each symbol's together, in the order of the table. */
    private final char[] states;
    /** Where in {@link #states} a symbol's begin. */
    private final int[] begin;
    /** The same less how many they are: with the bits that a state keeps, the index of the next one. */
    private final int[] base;
    /** Added to a state gives the number of bits that it leaves behind, in bits 16 and above. */
    private final int[] bitsAdded;
    private int state = NONE;

    /** @param counts how many of the 1 &lt;&lt; log states each symbol has, -1 for one of those at the end */
    FseEncoder(short[] counts, int symbols, int log) {
        this.log = log;
        int size = 1 << log;
        states = new char[size];
        begin = new int[symbols];
        base = new int[symbols];
        bitsAdded = new int[symbols];
        int before = 0;
        for (int s = 0; s < symbols; s++) {
            int count = Math.abs(counts[s]);
            int maxBits = count < 2 ? log : log - (31 - Integer.numberOfLeadingZeros(count - 1));
            begin[s] = before;
            base[s] = before - count;
            bitsAdded[s] = (maxBits << 16) - (count << maxBits);
            before += count;
        }
        int[] next = begin.clone();
        byte[] spread = FseTable.spread(counts, symbols, log);
        for (int i = 0; i < size; i++) {
            states[next[spread[i] & 0xff]++] = (char) (size + i);
        }
    }

    /** Adds at most {@code log} bits, none for the first symbol. */
    void encode(BitWriter out, int symbol) {
        if (state == NONE) {
            state = states[begin[symbol]]; // any of the symbol's states will do
            return;
        }
        int bits = state + bitsAdded[symbol] >> 16;
        out.add(state & (1 << bits) - 1, bits);
        state = states[(state >> bits) + base[symbol]];
    }

    /** Adds the state that a decoder begins with. */
    void end(BitWriter out) {
        out.add(state - (1 << log), log);
    }
}
