package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds what was there before: keeps for each hash of six bytes where it was seen last, looks once, and takes what it
 * finds. Where nothing is found for long, it looks at ever fewer places.
 */
final class MatchFinder {
    private static final int HASH_LOG = 14;
    private static final long HASH_PRIME = 227718039650203L;
    private static final int MIN_MATCH = Sequences.MIN_MATCH;
    /** No match begins in a block's last bytes, so that eight can be read at once. */
    private static final int TAIL_BYTES = 12;
    /** After so many bytes without a match (as a power of two) each step is one longer. */
    private static final int SKIP_LOG = 6;

    private final int[] seen = new int[1 << HASH_LOG];
    private byte[] in = new byte[0];
    private ByteBuffer words = ByteBuffer.allocate(0);
    private int offset1;
    private int offset2;
    private int offset3;
    private int anchor;
    private int blockEnd;

    /** @param content of which blocks will be searched one after another */
    void begin(byte[] content) {
        in = content;
        words = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(seen, -1);
        offset1 = 1;
        offset2 = 4;
        offset3 = 8;
    }

    /** Splits a block into sequences. */
    void search(int begin, int end, Sequences out) {
        anchor = begin;
        blockEnd = end;
        int last = end - TAIL_BYTES;
        int at = begin;
        while (at <= last) {
            int repeat = at + 1 - offset1;
            if (repeat >= 0 && words.getInt(repeat) == words.getInt(at + 1)) {
                remember(at);
                at = take(at + 1, repeat, out);
                continue;
            }
            int hash = hash(at);
            int from = seen[hash];
            seen[hash] = at;
            if (from >= 0 && words.getInt(from) == words.getInt(at)) {
                at = take(at, from, out);
            } else {
                at += 1 + (at - anchor >> SKIP_LOG);
            }
        }
        out.addLiterals(in, anchor, end - anchor);
    }

    /** Takes the match, extended to both sides, and returns where it ends. */
    private int take(int matchAt, int matchFrom, Sequences out) {
        int at = matchAt;
        int from = matchFrom;
        int length = MIN_MATCH + common(from + MIN_MATCH, at + MIN_MATCH);
        while (at > anchor && from > 0 && in[at - 1] == in[from - 1]) {
            at--;
            from--;
            length++;
        }
        out.add(in, anchor, at - anchor, value(at - from, at - anchor), length);
        int end = at + length;
        anchor = end;
        if (end <= blockEnd - TAIL_BYTES) {
            remember(at + 2);
            remember(end - 2);
        }
        return end;
    }

    /** Returns how many bytes are the same at both places, up to the block's end. */
    private int common(int from, int at) {
        int room = blockEnd - at;
        int n = Arrays.mismatch(in, from, from + room, in, at, blockEnd);
        return n < 0 ? room : n;
    }

    private void remember(int at) {
        seen[hash(at)] = at;
    }

    private int hash(int at) {
        return (int) ((words.getLong(at) << 16) * HASH_PRIME >>> 64 - HASH_LOG);
    }

    /** Returns the value that stands for a distance, and moves the last three on as a decoder does. */
    private int value(int offset, int literalsBytes) {
        if (literalsBytes > 0) {
            if (offset == offset1) {
                return 1;
            }
            if (offset == offset2) {
                offset2 = offset1;
                offset1 = offset;
                return 2;
            }
        } else if (offset == offset2) {
            offset2 = offset1;
            offset1 = offset;
            return 1;
        }
        int value = offset + 3;
        if (offset == offset3) {
            value = literalsBytes > 0 ? 3 : 2;
        }
        offset3 = offset2;
        offset2 = offset1;
        offset1 = offset;
        return value;
    }
}
