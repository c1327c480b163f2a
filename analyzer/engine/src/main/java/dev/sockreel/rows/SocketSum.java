package dev.sockreel.rows;

import dev.sockreel.capture.chain.SeriesId;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.RowChanges;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.sockdiag.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The number of sockets that a predicate takes, snapshot after snapshot. Where it is known what a dump changed, only
 * that is looked at.
 */
public final class SocketSum {
    private final Map<SeriesId, Known> series = new HashMap<>();

    /**
     * The number of one dump.
     *
     * @param basis what the predicate depended on
     */
    private record Known(int dump, Object basis, int sockets) {}

    /**
     * Counts the sockets of the next snapshot.
     *
     * @param basis what the predicate depends on beside the socket: an equal one means the same predicate; null for a
     *              predicate of this snapshot alone
     */
    public int of(Snapshot snapshot, @Nullable Object basis, Predicate<Socket> which) {
        Counter counter = new Counter(basis, which);
        new SnapshotSockets(snapshot).forEach(counter::rowsOf, (dump, index, row) -> {
            if (which.test(row.socket())) {
                counter.count(dump);
            }
        });
        return counter.all();
    }

    private final class Counter {
        private final @Nullable Object basis;
        private final Predicate<Socket> which;
        private int sum;
        private @Nullable Dump counted;
        private int ofDump;

        Counter(@Nullable Object basis, Predicate<Socket> which) {
            this.basis = basis;
            this.which = which;
        }

        /** Returns no rows for a dump whose number follows from the one before, and counts it. */
        private int @Nullable [] rowsOf(Dump dump) {
            keep();
            Known before = series.get(SeriesId.of(dump.begin()));
            RowChanges changes = dump.changes();
            counted = dump;
            ofDump = 0;
            if (changes == null || before == null || basis == null || before.dump() != changes.dumpBefore()
                    || !Objects.equals(before.basis(), basis)) {
                return null;
            }
            ofDump = before.sockets() + change(dump, changes);
            return new int[0];
        }

        private int change(Dump dump, RowChanges changes) {
            if (changes.isNothing()) {
                return 0;
            }
            SocketCursor now = dump.cursor();
            SocketCursor then = dump.cursorBefore(changes);
            int change = 0;
            for (int row : changes.rows()) {
                now.moveTo(row);
                change += which.test(now.socket()) ? 1 : 0;
                int rowBefore = changes.rowBefore(row);
                if (rowBefore >= 0) {
                    then.moveTo(rowBefore);
                    change -= which.test(then.socket()) ? 1 : 0;
                }
            }
            for (int row : changes.goneRows()) {
                then.moveTo(row);
                change -= which.test(then.socket()) ? 1 : 0;
            }
            return change;
        }

        private void count(@Nullable Dump dump) {
            if (dump == null) {
                sum++;
            } else {
                ofDump++;
            }
        }

        private void keep() {
            Dump last = counted;
            if (last != null) {
                sum += ofDump;
                if (basis != null) {
                    series.put(SeriesId.of(last.begin()), new Known(last.begin().dump(), basis, ofDump));
                }
                counted = null;
            }
        }

        int all() {
            keep();
            return sum;
        }
    }
}
