package dev.sockreel.capture;

import dev.sockreel.capture.record.ReceiveTime;
import java.util.List;

/**
 * What one gap of a damaged file cost. Times are CLOCK_REALTIME of the records around it, ns since 1970, or
 * {@link ReceiveTime#UNKNOWN}.
 *
 * @param fromNs        of the last intact record before
 * @param toNs          of the first intact record behind that has a time
 * @param firstSnapshot of which something is, or may be, missing; {@link #NONE} when nothing was read before the gap
 * @param lastSnapshot  likewise; {@link #NONE} for none at all, {@link #TO_THE_END} when nothing follows the gap
 * @param loses         false when no record is missing: stray bytes, an index, a copy
 * @param bytes         of the file that could not be used
 * @param damages       the first of them
 * @param more          how many more there are
 */
public record Loss(
        long fromNs, long toNs, int firstSnapshot, int lastSnapshot, boolean loses, long bytes, List<Damage> damages,
        int more) {
    public static final int NONE = -1;
    public static final int TO_THE_END = Integer.MAX_VALUE;

    public Loss {
        damages = List.copyOf(damages);
    }

    /** False when it lies between snapshots that are whole. */
    public boolean touchesSnapshots() {
        return lastSnapshot != NONE;
    }
}
