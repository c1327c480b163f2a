package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects a block's sequences, each some literals and then a match, and writes them (RFC 8878, section 3.1.1.3.2). A
 * match's offset is stored as its value: 1 to 3 for one of the last three, else its distance and 3.
 */
final class Sequences {
    /** The shortest match that is taken. */
    static final int MIN_MATCH = 4;
    private static final int MAX_COUNT = Block.MAX_BYTES / MIN_MATCH;
    /** Fewer are not worth tables of their own. */
    private static final int MIN_DESCRIBED = 24;

    private final Kind lengths = new Kind(Codes.LITERALS_LENGTH);
    private final Kind offsets = new Kind(Codes.OFFSET);
    private final Kind matches = new Kind(Codes.MATCH_LENGTH);
    private final byte[] literals = new byte[Block.MAX_BYTES];
    private int literalsCount;
    private int count;

    void clear() {
        literalsCount = 0;
        count = 0;
    }

    byte[] literals() {
        return literals;
    }

    int literalsCount() {
        return literalsCount;
    }

    void add(byte[] in, int from, int literalsBytes, int offsetValue, int matchBytes) {
        addLiterals(in, from, literalsBytes);
        lengths.values[count] = literalsBytes;
        offsets.values[count] = offsetValue;
        matches.values[count] = matchBytes;
        count++;
    }

    /** Adds literals that no match follows. */
    void addLiterals(byte[] in, int from, int bytes) {
        System.arraycopy(in, from, literals, literalsCount, bytes);
        literalsCount += bytes;
    }

    /** Writes the section, and returns where it ends. */
    int write(ByteBuffer out, int begin) {
        int at = writeCount(out, begin);
        if (count == 0) {
            return at;
        }
        int modes = at++;
        for (Kind kind : new Kind[] {lengths, offsets, matches}) {
            kind.findCodes(count);
            at = kind.writeTable(count, out, at);
        }
        out.put(modes, (byte) (lengths.mode << 6 | offsets.mode << 4 | matches.mode << 2));
        return writeBits(out, at);
    }

    private int writeCount(ByteBuffer out, int at) {
        if (count < 128) {
            out.put(at, (byte) count);
            return at + 1;
        }
        if (count < 0x7F00) {
            out.put(at, (byte) (128 + (count >> 8)));
            out.put(at + 1, (byte) count);
            return at + 2;
        }
        out.put(at, (byte) 255);
        out.putShort(at + 1, (short) (count - 0x7F00));
        return at + 3;
    }

    private int writeBits(ByteBuffer out, int at) {
        BitWriter bits = new BitWriter(out, at);
        for (int i = count - 1; i >= 0; i--) {
            offsets.encodeState(bits, i);
            matches.encodeState(bits, i);
            lengths.encodeState(bits, i);
            bits.flush();
            lengths.addExtra(bits, i);
            matches.addExtra(bits, i);
            bits.flush();
            offsets.addExtra(bits, i);
            bits.flush();
        }
        matches.encoder.end(bits);
        offsets.encoder.end(bits);
        lengths.encoder.end(bits);
        return bits.endMarked();
    }

    /** One of the three numbers of the sequences. */
    private static final class Kind {
        private static final int PREDEFINED = 0;
        private static final int RLE = 1;
        private static final int DESCRIBED = 2;

        private final Codes codes;
        private final int[] values = new int[MAX_COUNT];
        private final byte[] code = new byte[MAX_COUNT];
        private final int[] histogram;
        private int mode;
        private FseEncoder encoder;

        Kind(Codes codes) {
            this.codes = codes;
            histogram = new int[codes.count()];
            encoder = predefined();
        }

        private FseEncoder predefined() {
            return new FseEncoder(codes.predefined(), codes.predefined().length, codes.predefinedLog());
        }

        void findCodes(int count) {
            Arrays.fill(histogram, 0);
            for (int i = 0; i < count; i++) {
                int of = codes.of(values[i]);
                code[i] = (byte) of;
                histogram[of]++;
            }
        }

        /** Chooses the table that takes least, writes it, and returns where it ends. */
        int writeTable(int count, ByteBuffer out, int at) {
            if (histogram[code[0]] == count) {
                mode = RLE;
                short[] only = new short[code[0] + 1];
                only[code[0]] = 1;
                encoder = new FseEncoder(only, only.length, 0);
                out.put(at, code[0]);
                return at + 1;
            }
            long predefined = Distribution.costBits(histogram, codes.predefined(), codes.predefinedLog());
            if (count >= MIN_DESCRIBED || predefined == Long.MAX_VALUE) {
                Distribution own = Distribution.of(histogram, count, codes.maxLog());
                int end = own.write(out, at);
                if (own.costBits(histogram) + 8L * (end - at) < predefined) {
                    mode = DESCRIBED;
                    encoder = own.encoder();
                    return end;
                }
            }
            mode = PREDEFINED;
            encoder = predefined();
            return at;
        }

        void encodeState(BitWriter bits, int i) {
            encoder.encode(bits, code[i]);
        }

        void addExtra(BitWriter bits, int i) {
            bits.add(values[i] - codes.base()[code[i]], codes.bits()[code[i]]);
        }
    }
}
