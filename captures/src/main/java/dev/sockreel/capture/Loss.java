package dev.sockreel.capture;

import dev.sockreel.capture.record.ReceiveTime;
import java.util.List;

/**
 * The loss caused by one gap in a damaged file. Times are CLOCK_REALTIME of the records around it, ns since 1970, or
 * {@link ReceiveTime#UNKNOWN}.
 *
 * @param fromNs        time of the last intact record before the gap
 * @param toNs          time of the first intact record after it that has one
 * @param firstSnapshot first snapshot of which records are, or may be, missing; {@link #NONE} when nothing was read
 *                      before the gap
 * @param lastSnapshot  last such snapshot; {@link #NONE} when no snapshot is affected, {@link #TO_THE_END} when nothing
 *                      follows the gap
 * @param loses         false when no record is missing: stray bytes, an index, a copy
 * @param bytes         bytes of the file that could not be used
 * @param damages       the first damages of the gap
 * @param more          number of further damages
 */
public record Loss(
        long fromNs, long toNs, int firstSnapshot, int lastSnapshot, boolean loses, long bytes, List<Damage> damages,
        int more) {
    public static final int NONE = -1;
    public static final int TO_THE_END = Integer.MAX_VALUE;

    public Loss {
        damages = List.copyOf(damages);
    }

    /** Returns false when the gap lies between snapshots that are whole. */
    public boolean touchesSnapshots() {
        return lastSnapshot != NONE;
    }
}
