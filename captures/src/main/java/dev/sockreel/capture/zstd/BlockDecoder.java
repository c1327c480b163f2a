package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes the blocks of a frame one after another; tables and offsets pass from one to the next. */
final class BlockDecoder {
    private static final int PREDEFINED = 0;
    private static final int RLE = 1;
    private static final int DESCRIBED = 2;

    private final Literals literals = new Literals();
    private final SequenceTable literalsLengths = new SequenceTable(Codes.LITERALS_LENGTH);
    private final SequenceTable offsets = new SequenceTable(Codes.OFFSET);
    private final SequenceTable matchLengths = new SequenceTable(Codes.MATCH_LENGTH);
    private int offset1;
    private int offset2;
    private int offset3;

    /** The array that is written, what of it matches can reach, and how far it may be and is written. */
    private byte[] out = new byte[0];
    private int history;
    private int limit;
    private int written;

    void beginFrame() {
        literals.beginFrame();
        literalsLengths.table = null;
        offsets.table = null;
        matchLengths.table = null;
        offset1 = 1;
        offset2 = 4;
        offset3 = 8;
    }

    /**
     * Returns how far the array is written. After an error these are the blocks before, or all that fits where the
     * block has more than that.
     */
    int written() {
        return written;
    }

    /**
     * Decodes a block.
     *
     * @param in      little-endian; holds the whole body
     * @param begin   where the body begins
     * @param to      the array to write, of which bytes from {@code history} to {@code at} were decoded before
     * @param end     the block's content must end here at the latest
     */
    void decode(int header, ByteBuffer in, int begin, byte[] to, int history, int at, int end) throws ZstdException {
        out = to;
        written = at;
        limit = end;
        this.history = history;
        int size = Block.size(header);
        switch (Block.type(header)) {
            case Block.RAW -> {
                int fits = fitting(at, size);
                in.get(begin, out, at, fits);
                advance(at, size, fits);
            }
            case Block.RLE -> {
                int fits = fitting(at, size);
                Arrays.fill(out, at, at + fits, in.get(begin));
                advance(at, size, fits);
            }
            case Block.COMPRESSED -> decodeCompressed(in, begin, begin + size);
            default -> throw new ZstdException("a block of a reserved type");
        }
    }

    private void decodeCompressed(ByteBuffer in, int begin, int end) throws ZstdException {
        if (begin >= end) {
            throw new ZstdException("a compressed block is empty");
        }
        int at = literals.read(in, begin, end);
        if (at >= end) {
            throw new ZstdException("a block has no sequences section");
        }
        int count = in.get(at++) & 0xff;
        int more = count < 128 ? 0 : count < 255 ? 1 : 2;
        if (at + more > end) {
            throw new ZstdException("the number of sequences is cut");
        }
        if (more > 0) {
            int low = in.get(at) & 0xff;
            count = more == 1 ? (count - 128 << 8) + low : low + ((in.get(at + 1) & 0xff) << 8) + 0x7F00;
        }
        at += more;
        if (count > 0) {
            execute(readTables(in, at, end), count);
        } else if (at < end) {
            throw new ZstdException("extra bytes after a block's literals");
        } else {
            writeLiterals(written, 0, literals.count());
        }
    }

    /** Reads which tables the sequences use, and those that are described; returns the sequences' bits. */
    private BitReader readTables(ByteBuffer in, int begin, int end) throws ZstdException {
        int modes = begin < end ? in.get(begin) & 0xff : 3;
        if ((modes & 3) != 0) {
            throw new ZstdException("the modes of the sequences are none that any version has defined");
        }
        int at = literalsLengths.read(modes >> 6, in, begin + 1, end);
        at = offsets.read(modes >> 4 & 3, in, at, end);
        at = matchLengths.read(modes >> 2 & 3, in, at, end);
        return new BitReader(in, at, end);
    }

    private void execute(BitReader bits, int count) throws ZstdException {
        FseTable lengths = literalsLengths.get();
        FseTable distances = offsets.get();
        FseTable matches = matchLengths.get();
        int lengthState = lengths.state(bits.read(lengths.log()));
        int offsetState = distances.state(bits.read(distances.log()));
        int matchState = matches.state(bits.read(matches.log()));
        int[] matchExtra = Codes.MATCH_LENGTH.bits();
        int[] lengthExtra = Codes.LITERALS_LENGTH.bits();
        int at = written;
        int literal = 0;
        for (int i = 0; i < count; i++) {
            int offsetBits = FseTable.symbol(offsetState);
            int value = (1 << offsetBits) + bits.read(offsetBits);
            int match = FseTable.symbol(matchState);
            int length = FseTable.symbol(lengthState);
            int matchBits = matchExtra[match];
            int lengthBits = lengthExtra[length];
            int extra = bits.read(matchBits + lengthBits);
            int literalsBytes = Codes.LITERALS_LENGTH.base()[length] + (extra & (1 << lengthBits) - 1);
            int matchBytes = Codes.MATCH_LENGTH.base()[match] + (extra >>> lengthBits);
            if (i < count - 1) {
                int forOffset = FseTable.bits(offsetState);
                int forMatch = FseTable.bits(matchState);
                int next = bits.read(FseTable.bits(lengthState) + forMatch + forOffset);
                lengthState = lengths.state(FseTable.base(lengthState) + (next >>> forMatch + forOffset));
                matchState = matches.state(
                        FseTable.base(matchState) + (next >>> forOffset & (1 << forMatch) - 1));
                offsetState = distances.state(FseTable.base(offsetState) + (next & (1 << forOffset) - 1));
            }
            if (bits.left() < 0) {
                throw new ZstdException("the sequences have too few bits");
            }
            at = copyLiterals(at, literal, literalsBytes);
            literal += literalsBytes;
            at = copyMatch(at, offset(value, literalsBytes), matchBytes);
        }
        if (bits.left() != 0) {
            throw new ZstdException("the sequences have too many bits");
        }
        writeLiterals(at, literal, literals.count() - literal);
    }

    /** Returns the distance that a value stands for: up to 3 it names one of the three last ones. */
    private int offset(int value, int literalsBytes) throws ZstdException {
        int offset;
        int repeat = value + (literalsBytes == 0 ? 1 : 0);
        if (value > 3) {
            offset = value - 3;
            offset3 = offset2;
            offset2 = offset1;
        } else if (repeat == 1) {
            return offset1;
        } else if (repeat == 2) {
            offset = offset2;
            offset2 = offset1;
        } else {
            offset = repeat == 3 ? offset3 : offset1 - 1;
            offset3 = offset2;
            offset2 = offset1;
        }
        if (offset == 0) {
            throw new ZstdException("a match at distance 0");
        }
        offset1 = offset;
        return offset;
    }

    private int copyLiterals(int at, int literal, int bytes) throws ZstdException {
        if (bytes > literals.count() - literal) {
            throw new ZstdException("a sequence takes more literals than there are");
        }
        int fits = fitting(at, bytes);
        System.arraycopy(literals.bytes(), literal, out, at, fits);
        return checked(at, bytes, fits);
    }

    /** The block's last literals. */
    private void writeLiterals(int at, int literal, int bytes) throws ZstdException {
        written = copyLiterals(at, literal, bytes);
    }

    private int copyMatch(int at, int offset, int bytes) throws ZstdException {
        if (offset > at - history) {
            throw new ZstdException("a match begins before the window");
        }
        int fits = fitting(at, bytes);
        int from = at - offset;
        if (offset >= fits) {
            System.arraycopy(out, from, out, at, fits);
        } else {
            // the copy is longer than its distance: what was copied doubles
            for (int done = 0; done < fits;) {
                int step = Math.min(offset + done, fits - done);
                System.arraycopy(out, from, out, at + done, step);
                done += step;
            }
        }
        return checked(at, bytes, fits);
    }

    private int fitting(int at, int bytes) {
        return Math.min(bytes, limit - at);
    }

    private void advance(int at, int bytes, int fits) throws ZstdException {
        written = checked(at, bytes, fits);
    }

    /** Returns the index after what was copied; all that fits is kept where it is not all. */
    private int checked(int at, int bytes, int fits) throws ZstdException {
        if (fits < bytes) {
            written = limit;
            throw new ZstdException("a block's content is longer than it may be");
        }
        return at + bytes;
    }

    /** The table of one kind of code, kept for blocks that use it again. */
    private static final class SequenceTable {
        private final Codes codes;
        private @Nullable FseTable table;

        SequenceTable(Codes codes) {
            this.codes = codes;
        }

        FseTable get() throws ZstdException {
            FseTable known = table;
            if (known == null) {
                throw new ZstdException("sequences use a table of a block before, and there is none");
            }
            return known;
        }

        int read(int mode, ByteBuffer in, int begin, int end) throws ZstdException {
            switch (mode) {
                case PREDEFINED -> table = codes.predefinedTable();
                case RLE -> {
                    if (begin >= end || (in.get(begin) & 0xff) >= codes.count()) {
                        throw new ZstdException("a sequence's only code is missing or unknown");
                    }
                    table = FseTable.ofOne(in.get(begin) & 0xff);
                    return begin + 1;
                }
                case DESCRIBED -> {
                    FseTable.Described described = FseTable.read(in, begin, end, codes.count(), codes.maxLog());
                    table = described.table();
                    return described.end();
                }
                default -> get();
            }
            return begin;
        }
    }
}
