package dev.sockreel.recorder;

import dev.sockreel.capture.record.ReceiveTime;

/**
 * The totals of a recording after a snapshot.
 *
 * @param snapshots  number of snapshots taken
 * @param sockets    number of sockets that the kernel listed in the last one; {@link #NOT_COUNTED} where it answered no
 *                   dump, as without handlers: the text of /proc/net is not counted
 * @param fileBytes  size of the files written, also of those deleted meanwhile
 * @param missed     number of ticks of the interval that passed while a snapshot still ran
 * @param lateNs     time by which the last snapshot began after its tick, nanoseconds
 * @param unfinished number of dumps that the kernel did not answer to the end
 * @param elapsedNs  time since the first tick, nanoseconds
 * @param first      begin of the first snapshot
 * @param last       begin of the last snapshot
 */
public record RecordedSoFar(
        int snapshots, long sockets, long fileBytes, long missed, long lateNs, int unfinished, long elapsedNs,
        ReceiveTime first, ReceiveTime last) {
    public static final long NOT_COUNTED = -1;

    /** Returns whether the kernel listed any sockets, were it none at all. */
    boolean isCounted() {
        return sockets != NOT_COUNTED;
    }
}
