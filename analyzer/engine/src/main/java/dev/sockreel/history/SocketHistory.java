package dev.sockreel.history;

import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One socket over the snapshots of a run.
 *
 * @param last   as the last snapshot that lists it shows it
 * @param points in the order of time, without a gap: each snapshot of the run is in one of them. There are points
 *               before the first {@link Seen} only if the run was given the socket to follow
 * @param destroyed the kernel's announcement of its end; null for none or not recorded. A later point may list its
 *               TIME-WAIT
 */
public record SocketHistory(
        SocketIdentity identity, SocketRow last, List<HistoryPoint> points, @Nullable Destroyed destroyed) {
    public SocketHistory {
        points = List.copyOf(points);
    }

    /** Returns the points in which a snapshot lists the socket: at least one. */
    public List<Seen> seen() {
        return points.stream().filter(Seen.class::isInstance).map(Seen.class::cast).toList();
    }

    /** Returns the number of snapshots that list the socket. */
    public int snapshotsSeen() {
        return seen().stream().mapToInt(Seen::snapshots).sum();
    }

    /**
     * Returns, for tcp, how far the application had read at each point of {@link #seen}, {@link Socket#UNKNOWN} where
     * not known. Each is the lowest position shown by its own and all later snapshots, since a snapshot taken while
     * data arrives shows too much, and none too little.
     */
    public long[] readPositions() {
        List<Seen> seen = seen();
        long[] positions = new long[seen.size()];
        long lowest = Long.MAX_VALUE;
        for (int i = positions.length - 1; i >= 0; i--) {
            long shown = seen.get(i).reading().readPosition();
            lowest = shown == Socket.UNKNOWN ? lowest : Math.min(lowest, shown);
            positions[i] = shown == Socket.UNKNOWN ? Socket.UNKNOWN : lowest;
        }
        return positions;
    }
}
