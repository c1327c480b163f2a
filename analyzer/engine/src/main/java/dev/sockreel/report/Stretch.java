package dev.sockreel.report;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.history.HistoryPoint.Gone;
import dev.sockreel.history.HistoryPoint.NotObserved;
import dev.sockreel.history.HistoryPoint.NotYet;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.Moment;
import dev.sockreel.history.Reading;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import org.jspecify.annotations.Nullable;

/**
 * A socket over some consecutive snapshots, as one point of a chart. Queues are the kernel's numbers, whatever they
 * mean for this kind of socket; unknown and missing values are {@link #NONE}.
 *
 * @param first        ordinal of the first snapshot, from 0 over all files
 * @param last         ordinal of the last snapshot
 * @param listed       number of these snapshots that list the socket
 * @param from         receive time of the first
 * @param to           receive time of the last
 * @param recvQLow     minimum in any of them
 * @param recvQHigh    maximum in any of them
 * @param received     tcpi_bytes_received in the last of them
 * @param readPosition how far the application had read, as the last of them alone shows it
 * @param inode        in the last of them
 * @param state        in the last of them, as ss names it; why the socket is absent where no snapshot lists it
 * @param why          when the last of them shows nothing about the socket, the reason
 */
public record Stretch(
        int first,
        int last,
        int listed,
        ReceiveTime from,
        ReceiveTime to,
        long recvQLow,
        long recvQHigh,
        long sendQLow,
        long sendQHigh,
        long received,
        long readPosition,
        long inode,
        String state,
        @Nullable String why) {
    public static final long NONE = -1;

    /** Returns the last snapshot of a point. */
    static Stretch of(HistoryPoint point) {
        return switch (point) {
            case Seen p -> seen(p.last(), p.reading());
            case Gone p -> absent(p.last(), "gone", null);
            case NotYet p -> absent(p.last(), "not there yet", null);
            case NotObserved p -> absent(p.last(), "not observed", p.why().why());
        };
    }

    private static Stretch seen(Moment at, Reading r) {
        long recvQ = r.recvQ().kernelNumber();
        long sendQ = r.sendQ().kernelNumber();
        return new Stretch(
                at.turn(), at.turn(), 1, at.time(), at.time(), recvQ, recvQ, sendQ, sendQ,
                r.counters().of(TcpInfo.BYTES_RECEIVED).orElse(NONE), r.readPosition(), r.inode(), r.state(), null);
    }

    private static Stretch absent(Moment at, String what, @Nullable String why) {
        return new Stretch(
                at.turn(), at.turn(), 0, at.time(), at.time(), NONE, NONE, NONE, NONE, NONE, NONE, NONE, what, why);
    }

    /** Returns whether the next one shows the same. */
    boolean isLike(Stretch next) {
        return (listed > 0) == (next.listed > 0)
                && recvQLow == next.recvQLow && recvQHigh == next.recvQHigh
                && sendQLow == next.sendQLow && sendQHigh == next.sendQHigh
                && received == next.received && readPosition == next.readPosition
                && inode == next.inode
                && state.equals(next.state);
    }

    /**
     * Joins two consecutive points.
     *
     * @param next begins right after this one
     */
    Stretch and(Stretch next) {
        return new Stretch(
                first, next.last, listed + next.listed, from, next.to,
                low(recvQLow, next.recvQLow), Math.max(recvQHigh, next.recvQHigh),
                low(sendQLow, next.sendQLow), Math.max(sendQHigh, next.sendQHigh),
                next.received, next.readPosition, next.inode, next.state, next.why);
    }

    Stretch withReadPosition(long position) {
        return new Stretch(
                first, last, listed, from, to, recvQLow, recvQHigh, sendQLow, sendQHigh, received, position, inode,
                state,
                why);
    }

    /** Returns the lower value, ignoring unknown ones. */
    private static long low(long a, long b) {
        return a == NONE ? b : b == NONE ? a : Math.min(a, b);
    }
}
