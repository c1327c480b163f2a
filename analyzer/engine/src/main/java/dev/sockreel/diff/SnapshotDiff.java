package dev.sockreel.diff;

import dev.sockreel.history.NotObservedReason;
import dev.sockreel.snapshot.Absence;
import dev.sockreel.snapshot.RowVisitor;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Compares two snapshots of one boot; the earlier one is given first, and need not be there any more when the later one
 * is. Memory: the rows of the earlier one (about 1,200 bytes a socket).
 */
public final class SnapshotDiff {
    /** Visits the sockets of a snapshot that are compared. */
    public interface Rows {
        <E extends Exception> void forEach(Snapshot snapshot, RowVisitor<E> visitor) throws E;
    }

    /** Cookies of a snapshot and of the one before it: enough to know whether it shows that a socket is not there. */
    private record Side(SnapshotCookies own, SnapshotCookies before) {
        /**
         * Returns whether the socket is not there; a dump that may have lost sockets counts only with the one before
         * it.
         */
        boolean lacks(SocketRow row, SocketIdentity identity) {
            if (!own.isOfBoot(identity)) {
                return false;
            }
            Absence absence = own.absence(row);
            boolean twice = absence == Absence.DOUBTFUL
                    && before.isOfBoot(identity)
                    && !before.has(identity)
                    && before.absence(row) != Absence.NOT_OBSERVED;
            return absence == Absence.GONE || twice;
        }

        NotObservedReason why(SocketRow row, SocketIdentity identity) {
            return own.isOfBoot(identity) ? NotObservedReason.of(own, row) : NotObservedReason.OTHER_BOOT;
        }
    }

    private final Rows rows;
    private final FieldComparison comparison;
    private final Predicate<SocketRow> filter;
    private final Map<SocketIdentity, SocketRow> earlier = new LinkedHashMap<>();
    private Side from = new Side(SnapshotCookies.NONE, SnapshotCookies.NONE);
    private int fromNameless;

    /** @param withAges whether what changes while nothing happens is a change too */
    public SnapshotDiff(Rows rows, boolean withAges) {
        this(rows, withAges, row -> true);
    }

    /**
     * Compares the sockets that a filter takes in at least one of the snapshots.
     *
     * @param withAges whether what changes while nothing happens is a change too
     */
    public SnapshotDiff(Rows rows, boolean withAges, Predicate<SocketRow> filter) {
        this.rows = rows;
        this.filter = filter;
        this.comparison = new FieldComparison(withAges);
    }

    /** @param before the snapshot before it, {@link SnapshotCookies#NONE} when there is none */
    public void from(Snapshot snapshot, SnapshotCookies before) {
        from = new Side(SnapshotCookies.of(snapshot), before);
        rows.forEach(snapshot, row -> {
            SocketIdentity identity = row.identity();
            if (identity == null) {
                fromNameless++;
            } else {
                earlier.putIfAbsent(identity, row.hold());
            }
        });
    }

    /**
     * @param before the snapshot before it, {@link SnapshotCookies#NONE} when that is the earlier one itself, or none
     */
    public DiffSummary to(Snapshot snapshot, SnapshotCookies before, DiffVisitor visitor) throws IOException {
        return new Comparison(new Side(SnapshotCookies.of(snapshot), before), visitor).run(snapshot);
    }

    /** Sockets of one kind of difference, or of none. */
    private static final class Tally {
        private int taken;
        private int leftOut;

        boolean counts(boolean takes) {
            taken += takes ? 1 : 0;
            leftOut += takes ? 0 : 1;
            return takes;
        }
    }

    /** One walk for each kind of difference, so that each kind comes together. */
    private final class Comparison {
        private final Side to;
        private final DiffVisitor visitor;
        /** Sockets of the earlier snapshot that the later one has not listed so far. */
        private final Map<SocketIdentity, SocketRow> left = new LinkedHashMap<>(earlier);
        private final Tally appeared = new Tally();
        private final Tally gone = new Tally();
        private final Tally notObserved = new Tally();
        private final Tally changed = new Tally();
        private final Tally unchanged = new Tally();
        private int toNameless;
        private int fromProc;

        Comparison(Side to, DiffVisitor visitor) {
            this.to = to;
            this.visitor = visitor;
        }

        DiffSummary run(Snapshot snapshot) throws IOException {
            if (visitor.changedFirst()) {
                rows.forEach(snapshot, this::common);
            }
            rows.forEach(snapshot, row -> newRow(row, true));
            missing(true);
            rows.forEach(snapshot, row -> newRow(row, false));
            missing(false);
            if (!visitor.changedFirst()) {
                rows.forEach(snapshot, this::common);
            }
            return new DiffSummary(appeared.taken, gone.taken, notObserved.taken, changed.taken, unchanged.taken,
                    fromNameless, toNameless, fromProc, new DiffSummary.LeftOut(appeared.leftOut, gone.leftOut,
                            notObserved.leftOut, changed.leftOut, unchanged.leftOut));
        }

        /** @param sure true in the walk that reports those that appeared, false in the one that reports the others */
        private void newRow(SocketRow row, boolean sure) throws IOException {
            SocketIdentity identity = row.identity();
            if (identity == null) {
                toNameless += sure ? 1 : 0;
                return;
            }
            if (earlier.containsKey(identity)) {
                left.remove(identity);
                return;
            }
            if (from.lacks(row, identity) != sure || !(sure ? appeared : notObserved).counts(filter.test(row))) {
                return;
            }
            countSource(row);
            if (sure) {
                visitor.appeared(row);
            } else {
                visitor.notObserved(row, true, from.why(row, identity));
            }
        }

        private void missing(boolean sure) throws IOException {
            for (Map.Entry<SocketIdentity, SocketRow> one : left.entrySet()) {
                missing(one.getValue(), one.getKey(), sure);
            }
        }

        private void missing(SocketRow row, SocketIdentity identity, boolean sure) throws IOException {
            if (to.lacks(row, identity) != sure || !(sure ? gone : notObserved).counts(filter.test(row))) {
                return;
            }
            countSource(row);
            if (sure) {
                visitor.gone(row);
            } else {
                visitor.notObserved(row, false, to.why(row, identity));
            }
        }

        private void common(SocketRow row) throws IOException {
            SocketIdentity identity = row.identity();
            SocketRow before = identity == null ? null : earlier.get(identity);
            if (before == null) {
                return;
            }
            List<FieldChange> changes = comparison.changes(before, row);
            if (!(changes.isEmpty() ? unchanged : changed).counts(filter.test(before) || filter.test(row))) {
                return;
            }
            countSource(row);
            if (!changes.isEmpty()) {
                visitor.changed(before, row, changes);
            }
        }

        private void countSource(SocketRow row) {
            fromProc += row.socket().cookie() == Socket.NO_COOKIE ? 1 : 0;
        }
    }
}
