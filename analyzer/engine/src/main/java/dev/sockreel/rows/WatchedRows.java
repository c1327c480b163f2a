package dev.sockreel.rows;

import dev.sockreel.capture.chain.SeriesId;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.RowChanges;
import dev.sockreel.series.SeriesChanges;
import dev.sockreel.snapshot.SnapshotSockets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are looked at in the next snapshot although nothing about them may change: followed sockets, listeners.
 * All others are looked at when something happens to them.
 */
public final class WatchedRows implements SnapshotSockets.RowChoice {
    private final Map<SeriesId, Rows> series = new HashMap<>();

    /** The watched rows of the last dump of a series. */
    private static final class Rows {
        private int dump = -1;
        private int[] rows = new int[16];
        private int count;
        /** The rows looked at in the current dump; null for all. */
        private int @Nullable [] chosen;

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, count * 2);
            }
            rows[count++] = row;
        }
    }

    /** Returns the rows to look at, and begins to watch this dump in place of the one before. */
    @Override
    public int @Nullable [] of(Dump dump) {
        Rows watched = series.computeIfAbsent(SeriesId.of(dump.begin()), s -> new Rows());
        RowChanges changes = dump.changes();
        int[] chosen = changes == null || changes.dumpBefore() != watched.dump ? null : merged(watched, changes);
        watched.dump = dump.begin().dump();
        watched.count = 0;
        watched.chosen = chosen;
        return chosen;
    }

    private static int[] merged(Rows watched, RowChanges changes) {
        int[] all = Arrays.copyOf(changes.rows(), changes.rows().length + watched.count);
        int count = changes.rows().length;
        SeriesChanges.Forward forward = changes.moves().forward();
        for (int i = 0; i < watched.count; i++) {
            int row = forward.after(watched.rows[i]);
            if (row >= 0) {
                all[count++] = row;
            }
        }
        Arrays.sort(all, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[distinct++] = all[i];
            }
        }
        return Arrays.copyOf(all, distinct);
    }

    /** Returns whether a row of the current dump was chosen; all are where no choice was made. */
    public boolean hasChosen(Dump dump, int row) {
        Rows watched = series.get(SeriesId.of(dump.begin()));
        int[] chosen = watched == null ? null : watched.chosen;
        return chosen == null || Arrays.binarySearch(chosen, row) >= 0;
    }

    /** Looks at a row of the current dump again in the next one. */
    public void keep(Dump dump, int row) {
        Rows watched = series.get(SeriesId.of(dump.begin()));
        if (watched != null && watched.dump == dump.begin().dump()) {
            watched.add(row);
        }
    }
}
