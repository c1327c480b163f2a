package dev.sockreel.history;

import dev.sockreel.history.HistoryPoint.Gone;
import dev.sockreel.history.HistoryPoint.NotObserved;
import dev.sockreel.history.HistoryPoint.NotYet;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.snapshot.Absence;
import dev.sockreel.snapshot.ClosedSocket;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the history of one socket during a run. */
final class HistoryBuilder {
    private final SocketIdentity identity;
    private final boolean onlyTheLast;
    private final List<HistoryPoint> points = new ArrayList<>();
    /** Any row of the socket; shows which dumps would list it. */
    private SocketRow known;
    private @Nullable Reading lastReading;
    private int lastTurn = -1;
    private @Nullable Destroyed destroyed;
    /** Consecutive snapshots with a dump that arrived whole and does not list it. */
    private int absentInARow;

    /**
     * Starts a history.
     *
     * @param onlyTheLast whether only the last point is kept
     */
    HistoryBuilder(SocketIdentity identity, SocketRow known, boolean onlyTheLast) {
        this.identity = identity;
        this.onlyTheLast = onlyTheLast;
        this.known = known.hold();
    }

    boolean isMetIn(int turn) {
        return lastTurn == turn;
    }

    boolean wasSeen() {
        return lastReading != null;
    }

    void seen(SocketRow row, int turn) {
        known = row.hold();
        lastTurn = turn;
        absentInARow = 0;
        Moment now = new Moment(turn, row.snapshot(), row.time());
        Reading reading = Reading.of(row);
        if (last() instanceof Seen s && s.reading().equals(reading)) {
            replaceLast(new Seen(s.first(), now, s.snapshots() + 1, s.reading()));
        } else {
            reading = lastReading == null ? reading : reading.sharing(lastReading);
            add(new Seen(now, now, 1, reading));
            lastReading = reading;
        }
    }

    /** Adds a snapshot that does not list the socket. */
    void missed(SnapshotCookies snapshot, Moment now) {
        lastTurn = now.turn();
        if (!snapshot.isOfBoot(identity)) {
            absentInARow = 0;
            notObserved(now, NotObservedReason.OTHER_BOOT);
            return;
        }
        Absence absence = snapshot.absence(known);
        absentInARow = absence == Absence.NOT_OBSERVED ? 0 : absentInARow + 1;
        if (absence == Absence.GONE || absentInARow >= Absence.DOUBTFUL_IN_A_ROW) {
            absent(now);
        } else {
            notObserved(now, NotObservedReason.of(snapshot, known));
        }
    }

    void destroyed(ClosedSocket socket) {
        destroyed = new Destroyed(socket.time(), socket.discarded());
    }

    private void notObserved(Moment now, NotObservedReason why) {
        if (last() instanceof NotObserved n && n.why().isLike(why)) {
            replaceLast(new NotObserved(n.first(), now, n.snapshots() + 1, n.why()));
        } else {
            add(new NotObserved(now, now, 1, why));
        }
    }

    private void absent(Moment now) {
        if (last() instanceof Gone g) {
            replaceLast(new Gone(g.first(), now, g.snapshots() + 1));
        } else if (last() instanceof NotYet n) {
            replaceLast(new NotYet(n.first(), now, n.snapshots() + 1));
        } else {
            add(wasSeen() ? new Gone(now, now, 1) : new NotYet(now, now, 1));
        }
    }

    @Nullable
    HistoryPoint last() {
        return points.isEmpty() ? null : points.getLast();
    }

    private void add(HistoryPoint point) {
        if (onlyTheLast) {
            points.clear();
        }
        points.add(point);
    }

    private void replaceLast(HistoryPoint point) {
        points.set(points.size() - 1, point);
    }

    SocketHistory build() {
        return new SocketHistory(identity, known, points, destroyed);
    }
}
