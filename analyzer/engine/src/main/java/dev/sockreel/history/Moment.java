package dev.sockreel.history;

import dev.sockreel.capture.record.ReceiveTime;

/**
 * One snapshot of a run, as one socket meets it.
 *
 * @param turn     counts the snapshots of the run from 0, across its captures
 * @param snapshot its index in its own capture
 * @param time     when the datagram with the socket was received; of a snapshot that does not list it, its begin
 */
public record Moment(int turn, int snapshot, ReceiveTime time) {
    /** Nanoseconds from the other one to this; {@link ReceiveTime#UNKNOWN} where the source has no times. */
    public long nanosSince(Moment other) {
        if (time.monotonicNs() != ReceiveTime.UNKNOWN && other.time.monotonicNs() != ReceiveTime.UNKNOWN) {
            return time.monotonicNs() - other.time.monotonicNs();
        }
        return time.isKnown() && other.time.isKnown()
                ? time.realtimeNs() - other.time.realtimeNs()
                : ReceiveTime.UNKNOWN;
    }
}
