package dev.sockreel.capture.zstd;

import java.util.Arrays;

/**
 * The codes of a sequence's lengths (RFC 8878, section 3.1.1.3.2.1.1): a code is a base and a number of bits that are
 * added to it. An offset's code is its number of bits.
 *
 * @param base       value of a code without its bits
 * @param bits       number of bits a code is followed by
 * @param maxLog     the largest accuracy of a table of these codes
 * @param predefined the distribution that is used where a block has none of its own; -1 stands for less than one
 * @param predefinedLog its accuracy
 * @param predefinedTable its decoding table
 * @param small        the codes of the smallest values
 * @param largeBase    subtracted from another value, gives a number whose highest bit
 * @param largeShift   and this make its code
 */
record Codes(
        int[] base,
        int[] bits,
        int maxLog,
        short[] predefined,
        int predefinedLog,
        FseTable predefinedTable,
        byte[] small,
        int largeBase,
        int largeShift) {
    /** From here on each code covers twice the values of the one before. */
    private static final int MAX_SMALL = 256;

    static final Codes LITERALS_LENGTH = of(
            new int[] {
                0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256,
                512, 1024, 2048, 4096, 8192, 16384, 32768, 65536
            },
            new int[] {
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13,
                14, 15, 16
            },
            9,
            new short[] {
                4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1,
                -1, -1
            },
            6);

    static final Codes MATCH_LENGTH = of(
            new int[] {
                3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
                31, 32, 33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195,
                16387, 32771, 65539
            },
            new int[] {
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1,
                1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
            },
            9,
            new short[] {
                1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
            },
            6);

    static final Codes OFFSET = of(
            offsetBases(),
            offsetBits(),
            8,
            new short[] {
                1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
            },
            5);

    private static Codes of(int[] base, int[] bits, int maxLog, short[] predefined, int predefinedLog) {
        FseTable table = FseTable.of(predefined, predefined.length, predefinedLog);
        byte[] small = new byte[MAX_SMALL];
        for (int code = 0; code < base.length && base[code] < MAX_SMALL; code++) {
            int to = Math.min(MAX_SMALL, base[code] + (1 << bits[code]));
            Arrays.fill(small, base[code], to, (byte) code);
        }
        int last = base.length - 1;
        int largeBase = base[last] - (1 << bits[last]);
        return new Codes(base, bits, maxLog, predefined, predefinedLog, table, small, largeBase, last - bits[last]);
    }

    /** Returns the number of codes. */
    int count() {
        return base.length;
    }

    /** Returns the code of a value. */
    int of(int value) {
        return value < small.length ? small[value] : 31 - Integer.numberOfLeadingZeros(value - largeBase) + largeShift;
    }

    private static int[] offsetBases() {
        int[] bases = new int[31];
        for (int i = 0; i < bases.length; i++) {
            bases[i] = 1 << i;
        }
        return bases;
    }

    private static int[] offsetBits() {
        int[] bits = new int[31];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = i;
        }
        return bits;
    }
}
