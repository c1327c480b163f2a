package dev.sockreel.history;

import dev.sockreel.capture.record.ReceiveTime;

/**
 * One snapshot of a run, from the point of view of one socket.
 *
 * @param turn     ordinal of the snapshot in the run, from 0, across captures
 * @param snapshot its index in its own capture
 * @param time     when the datagram with the socket was received; the snapshot's begin when it does not list the socket
 */
public record Moment(int turn, int snapshot, ReceiveTime time) {
    /**
     * Returns the nanoseconds from the other moment to this one; {@link ReceiveTime#UNKNOWN} where the source has no
     * times.
     */
    public long nanosSince(Moment other) {
        return time.nanosSince(other.time);
    }
}
