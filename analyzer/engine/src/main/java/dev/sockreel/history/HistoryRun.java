package dev.sockreel.history;

import dev.sockreel.rows.WatchedRows;
import dev.sockreel.snapshot.ClosedSocket;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the histories of chosen sockets over the snapshots of one or more captures.
 *
 * <p>Memory: for each followed socket its last row (about 700 bytes), and a point of about 250 bytes for each snapshot
 * in which something about it changed; snapshots that show the same as the one before add nothing. Nothing is kept of
 * other sockets, nor of the snapshots.
 */
public final class HistoryRun {
    private final Map<SocketIdentity, HistoryBuilder> sockets = new LinkedHashMap<>();
    private final Predicate<SocketRow> wanted;
    private int turns;

    /** The followed rows, where they are known from the begin; null where any row may be wanted in any snapshot. */
    private final @Nullable WatchedRows watched;

    private HistoryRun(Predicate<SocketRow> wanted, @Nullable WatchedRows watched) {
        this.wanted = wanted;
        this.watched = watched;
    }

    /**
     * Follows each socket from its first matching row on, whatever its later rows are. A row that nothing distinguishes
     * from others (without cookie and inode) is not followed.
     */
    public static HistoryRun where(Predicate<SocketRow> wanted) {
        return new HistoryRun(wanted, null);
    }

    /**
     * Follows these sockets from the first snapshot on, even before they exist.
     *
     * @param rows any row of each, of any snapshot
     */
    public static HistoryRun of(Collection<? extends SocketRow> rows) {
        return of(rows, false);
    }

    /**
     * Follows these sockets but keeps only the last point of each, for {@link #now}: memory does not grow with the
     * number of snapshots.
     */
    public static HistoryRun lastOf(Collection<? extends SocketRow> rows) {
        return of(rows, true);
    }

    private static HistoryRun of(Collection<? extends SocketRow> rows, boolean onlyTheLast) {
        HistoryRun run = new HistoryRun(row -> false, new WatchedRows());
        for (SocketRow row : rows) {
            SocketIdentity identity = row.identity();
            if (identity != null) {
                run.sockets.computeIfAbsent(identity, i -> new HistoryBuilder(i, row, onlyTheLast));
            }
        }
        return run;
    }

    /** Adds the next snapshot, in the order of time. */
    public void add(Snapshot snapshot) {
        WatchedRows chosen = watched;
        if (chosen == null) {
            new SnapshotSockets(snapshot).forEach(this::follow);
        } else {
            new SnapshotSockets(snapshot).forEach(chosen, (dump, index, row) -> {
                if (follow(row) && dump != null) {
                    chosen.keep(dump, index);
                }
            });
        }
        closed(snapshot);
        SnapshotCookies listed = SnapshotCookies.of(snapshot);
        Moment now = new Moment(turns, snapshot.index(), snapshot.begin());
        for (HistoryBuilder socket : sockets.values()) {
            if (!socket.isMetIn(turns)) {
                socket.missed(listed, now);
            }
        }
        turns++;
    }

    private void closed(Snapshot snapshot) {
        if (sockets.isEmpty()) {
            return;
        }
        for (ClosedSocket closed : snapshot.closedSockets()) {
            SocketIdentity identity = closed.identity();
            HistoryBuilder socket = identity == null ? null : sockets.get(identity);
            if (socket != null) {
                socket.destroyed(closed);
            }
        }
    }

    /** Returns whether the row is one of a followed socket. */
    private boolean follow(SocketRow row) {
        boolean isWanted = wanted.test(row);
        if (!isWanted && sockets.isEmpty()) {
            return false;
        }
        SocketIdentity identity = row.identity();
        if (identity == null) {
            return false;
        }
        HistoryBuilder socket = sockets.get(identity);
        if (socket == null && isWanted) {
            socket = new HistoryBuilder(identity, row, false);
            sockets.put(identity, socket);
        }
        if (socket != null && !socket.isMetIn(turns)) {
            socket.seen(row, turns);
        }
        return socket != null;
    }

    /** Returns what the last added snapshot shows of a socket; null when the socket is not followed. */
    public @Nullable HistoryPoint now(SocketIdentity socket) {
        HistoryBuilder builder = sockets.get(socket);
        return builder == null ? null : builder.last();
    }

    /** Returns the number of snapshots added. */
    public int turns() {
        return turns;
    }

    /** Returns the histories of the sockets that any snapshot lists, in the order in which they were found or given. */
    public List<SocketHistory> finish() {
        return sockets.values().stream().filter(HistoryBuilder::wasSeen).map(HistoryBuilder::build).toList();
    }
}
