package dev.sockreel.cli.choosing;

import dev.sockreel.capture.SnapshotEntry;
import dev.sockreel.reading.Moments;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads snapshots of a capture by number, in ascending order, and keeps the cookies of the snapshot before each. */
public final class SnapshotWalk implements AutoCloseable {
    private final Moments moments;
    private final @Nullable String bootId;
    /** Reads all, once that is needed. */
    private @Nullable SnapshotReader whole;
    private SnapshotCookies before = SnapshotCookies.NONE;
    private SnapshotCookies current = SnapshotCookies.NONE;

    /** @param bootId boot id to assume for the snapshots; null to use the recorded one */
    public SnapshotWalk(Path file, @Nullable String bootId) throws IOException {
        this.moments = Moments.open(file);
        this.bootId = bootId;
    }

    /**
     * Reads on to a snapshot.
     *
     * @param number of an existing snapshot that was not read yet
     */
    public Snapshot to(int number) throws IOException {
        Snapshot found = whole == null ? goTo(number) : null;
        if (found != null) {
            return found;
        }
        SnapshotReader reader = whole == null ? moments.whole() : whole;
        whole = reader;
        Snapshot s;
        while ((s = reader.next()) != null) {
            s = read(s);
            if (s.index() == number) {
                return s;
            }
        }
        throw new IOException(moments.path() + ": snapshot " + number
                + " disappeared while the file was being read");
    }

    /** Goes to a snapshot; returns null where all is to be read. */
    private @Nullable Snapshot goTo(int number) throws IOException {
        List<SnapshotEntry> all = moments.snapshots();
        int index = SnapshotSelector.lastUpTo(all, SnapshotEntry::number, number);
        if (!moments.go(Math.max(0, index - 1), index)) {
            return null;
        }
        current = SnapshotCookies.NONE;
        Snapshot found = null;
        Snapshot s;
        while ((s = moments.next()) != null) {
            found = read(s);
        }
        return moments.leave() && found != null && found.index() == number ? found : null;
    }

    private Snapshot read(Snapshot s) {
        Snapshot named = bootId == null ? s : s.ofBoot(bootId);
        before = current;
        current = SnapshotCookies.of(named);
        return named;
    }

    /** Returns the cookies of the snapshot before the one that {@link #to} returned. */
    public SnapshotCookies before() {
        return before;
    }

    @Override
    public void close() throws IOException {
        moments.close();
    }
}
