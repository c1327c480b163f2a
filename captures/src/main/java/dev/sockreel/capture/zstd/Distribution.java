package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;

/**
 * How many states of a table each symbol gets, in proportion to how often it occurs.
 *
 * @param counts  of each symbol, at least 1 of one that occurs; their sum is 1 &lt;&lt; log
 * @param symbols one more than the last that occurs
 */
record Distribution(short[] counts, int symbols, int log) {
    /**
     * @param histogram how often each symbol occurs
     * @param total     the histogram's sum
     * @param maxLog    the largest log that the format allows; must have room for all symbols
     */
    static Distribution of(int[] histogram, int total, int maxLog) {
        int symbols = histogram.length;
        while (histogram[symbols - 1] == 0) {
            symbols--;
        }
        int log = log(total, symbols, maxLog);
        short[] counts = new short[symbols];
        int rest = 1 << log;
        for (int s = 0; s < symbols; s++) {
            if (histogram[s] > 0) {
                long twice = ((long) histogram[s] << log + 1) / total;
                counts[s] = (short) Math.max(1, twice + 1 >> 1);
                rest -= counts[s];
            }
        }
        // rounding gave away too many, or too few
        for (; rest < 0; rest++) {
            counts[most(counts)]--;
        }
        counts[most(counts)] += (short) rest;
        return new Distribution(counts, symbols, log);
    }

    private static int most(short[] counts) {
        int most = 0;
        for (int s = 1; s < counts.length; s++) {
            most = counts[s] > counts[most] ? s : most;
        }
        return most;
    }

    /** Few symbols are not worth a large table, whose description grows with it. */
    private static int log(int total, int symbols, int maxLog) {
        int room = 32 - Integer.numberOfLeadingZeros(symbols);
        int worth = 29 - Integer.numberOfLeadingZeros(Math.max(1, total - 1));
        return Math.clamp(worth, Math.max(room, FseTable.MIN_LOG), maxLog);
    }

    FseEncoder encoder() {
        return new FseEncoder(counts, symbols, log);
    }

    /** Writes the description that {@link FseTable#read} reads, and returns where it ends. */
    int write(ByteBuffer out, int at) {
        BitWriter bits = new BitWriter(out, at);
        bits.add(log - FseTable.MIN_LOG, 4);
        int rest = 1 << log;
        for (int s = 0; rest > 0;) {
            int count = counts[s++];
            addUpTo(bits, rest + 1, count + 1);
            rest -= Math.abs(count);
            if (count == 0) {
                s = addZeros(bits, s);
            }
            bits.flush();
        }
        return bits.end();
    }

    private int addZeros(BitWriter bits, int from) {
        int s = from;
        while (counts[s] == 0) {
            s++;
        }
        int zeros = s - from;
        for (; zeros >= 3; zeros -= 3) {
            bits.add(3, 2);
            bits.flush();
        }
        bits.add(zeros, 2);
        return s;
    }

    private static void addUpTo(BitWriter bits, int max, int value) {
        int count = 32 - Integer.numberOfLeadingZeros(max);
        int shorts = (1 << count) - 1 - max;
        if (value < shorts) {
            bits.add(value, count - 1);
        } else {
            bits.add(value < 1 << count - 1 ? value : value + shorts, count);
        }
    }

    /** Estimates how many bits the symbols of a histogram take with this table. */
    long costBits(int[] histogram) {
        return costBits(histogram, counts, log);
    }

    /** The same for any counts; {@link Long#MAX_VALUE} where one lacks a symbol. */
    static long costBits(int[] histogram, short[] counts, int log) {
        double bits = 0;
        for (int s = 0; s < histogram.length; s++) {
            if (histogram[s] > 0) {
                if (s >= counts.length || counts[s] == 0) {
                    return Long.MAX_VALUE;
                }
                bits += histogram[s] * (log - Math.log(Math.abs(counts[s])) / Math.log(2));
            }
        }
        return (long) bits;
    }
}
