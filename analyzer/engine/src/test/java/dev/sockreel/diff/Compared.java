package dev.sockreel.diff;

import dev.sockreel.history.NotObservedReason;
import dev.sockreel.snapshot.RowVisitor;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects the differences of two snapshots by cookie. */
final class Compared implements DiffVisitor {
    final Set<Long> appeared = new TreeSet<>();
    final Set<Long> gone = new TreeSet<>();
    /** The appeared rows of /proc/net by inode, since they have no cookie. */
    final Set<Long> appearedInodes = new TreeSet<>();
    final Set<Long> goneInodes = new TreeSet<>();
    final Map<Long, NotObservedReason> notObservedInFrom = new HashMap<>();
    final Map<Long, NotObservedReason> notObservedInTo = new HashMap<>();
    final Map<Long, Map<String, FieldChange>> changed = new HashMap<>();
    private DiffSummary summary = new DiffSummary(0, 0, 0, 0, 0, 0, 0, 0, DiffSummary.LeftOut.NONE);

    private Compared() {}

    /** Compares snapshots {@code from} and {@code to}, with the snapshot before each for the rules of absence. */
    static Compared of(List<Snapshot> snapshots, int from, int to, boolean withAges) {
        SnapshotDiff diff = new SnapshotDiff(Compared::rows, withAges);
        diff.from(snapshots.get(from), from == 0 ? SnapshotCookies.NONE : SnapshotCookies.of(snapshots.get(from - 1)));
        Compared found = new Compared();
        try {
            found.summary = diff.to(
                    snapshots.get(to),
                    to == from + 1 ? SnapshotCookies.NONE : SnapshotCookies.of(snapshots.get(to - 1)), found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static <E extends Exception> void rows(Snapshot snapshot, RowVisitor<E> visitor) throws E {
        new SnapshotSockets(snapshot).forEach(visitor);
    }

    DiffSummary summary() {
        return summary;
    }

    private static long cookie(SocketRow row) {
        return row.socket().cookie();
    }

    @Override
    public void appeared(SocketRow row) {
        appeared.add(cookie(row));
        appearedInodes.add(row.socket().inode());
    }

    @Override
    public void gone(SocketRow row) {
        gone.add(cookie(row));
        goneInodes.add(row.socket().inode());
    }

    @Override
    public void notObserved(SocketRow row, boolean inFrom, NotObservedReason why) {
        (inFrom ? notObservedInFrom : notObservedInTo).put(cookie(row), why);
    }

    @Override
    public void changed(SocketRow from, SocketRow to, List<FieldChange> changes) {
        changed.put(cookie(to), changes.stream().collect(Collectors.toMap(FieldChange::field, c -> c)));
    }
}
