package dev.sockreel.delta;

import dev.sockreel.series.Datagrams;
import dev.sockreel.series.SeriesState;
import java.util.Arrays;

/**
 * Codes how many messages each datagram holds. Where messages came or went, a datagram is predicted to be filled as far
 * as the longest so far, and the last message to be alone if it was before.
 */
final class EdgeCoder {
    /** What a datagram holds at least before the next begins, bytes. */
    private static final int MIN_LIMIT = 16_384;

    private final SeriesState state;
    private int[] before = new int[0];
    /** The longest datagrams of dumps that took several, bytes. */
    private int firstLimit;
    private int limit;
    private boolean isLastAlone;

    EdgeCoder(SeriesState state) {
        this.state = state;
    }

    /** Learns from the dump before. */
    void learn(Datagrams last) {
        before = counts(last);
        isLastAlone = before.length > 1 && before[before.length - 1] == 1;
        int filled = before.length - (isLastAlone ? 1 : 0);
        if (filled < 2) {
            return;
        }
        int place = 0;
        for (int i = 0; place < filled; i++) {
            if (last.whole(i) == null) {
                limit = Math.max(limit, last.length(i));
                firstLimit = place == 0 ? Math.max(firstLimit, last.length(i)) : firstLimit;
                place++;
            }
        }
    }

    /** Returns the numbers of messages of all datagrams that are not kept whole. */
    static int[] counts(Datagrams datagrams) {
        int[] counts = new int[datagrams.count()];
        int n = 0;
        for (int i = 0; i < counts.length; i++) {
            if (datagrams.whole(i) == null) {
                counts[n++] = datagrams.messages(i);
            }
        }
        return Arrays.copyOf(counts, n);
    }

    boolean isAsBefore(int[] counts) {
        return Arrays.equals(counts, before);
    }

    /** Returns the numbers that the dump before had; fails where they are not those of all messages. */
    int[] asBefore() throws BadColumnsException {
        if (Arrays.stream(before).sum() != state.size()) {
            throw new BadColumnsException("the datagrams do not hold all messages");
        }
        return before;
    }

    /** Codes the numbers of messages of the dump that the state has now; returns them. */
    int[] code(Columns columns, int[] given) throws BadColumnsException {
        int[] counts = columns.isWriting() ? given : new int[16];
        int datagram = 0;
        int last = -1;
        int next = columns.isWriting() ? 0 : next(columns, last);
        for (int at = 0; at < state.size(); datagram++) {
            int predicted = predicted(at, datagram);
            if (datagram == counts.length) {
                counts = Arrays.copyOf(counts, datagram * 2);
            }
            int count = columns.isWriting() ? counts[datagram] : predicted;
            if (columns.isWriting() ? count != predicted : datagram == next) {
                if (columns.isWriting()) {
                    columns.number(DumpColumns.EDGE_GAP, datagram - last);
                }
                count = predicted + columns.number(
                        DumpColumns.EDGE, count - predicted, 1 - predicted, state.size() - at - predicted);
                last = datagram;
                next = columns.isWriting() ? 0 : next(columns, last);
            }
            counts[datagram] = count;
            at += count;
        }
        if (columns.isWriting()) {
            columns.number(DumpColumns.EDGE_GAP, 0);
        } else if (next != Integer.MAX_VALUE) {
            throw new BadColumnsException("there is no datagram " + next);
        }
        return columns.isWriting() ? given : Arrays.copyOf(counts, datagram);
    }

    private static int next(Columns in, int last) throws BadColumnsException {
        return EdgeCoder.after(last, in.number(DumpColumns.EDGE_GAP, 0, 0, Integer.MAX_VALUE));
    }

    /** Returns the number of the next exception; a gap of 0 is the end of them. */
    static int after(int last, int gap) {
        return gap == 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE - 1, (long) last + gap);
    }

    private int predicted(int first, int datagram) {
        int longest = Math.max(MIN_LIMIT, limit);
        if (datagram == 0 && firstLimit > 0) {
            longest = firstLimit;
        }
        int alone = isLastAlone ? state.size() - 1 : state.size();
        int bytes = state.messageBytes(first);
        int at = first + 1;
        while (at < state.size() && at != alone && bytes + state.messageBytes(at) <= longest) {
            bytes += state.messageBytes(at);
            at++;
        }
        return at - first;
    }
}
