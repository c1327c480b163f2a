package dev.sockreel.cli.choosing;

import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads snapshots of a capture by number, in ascending order, and keeps the cookies of the snapshot before each. */
public final class SnapshotWalk implements AutoCloseable {
    private final SnapshotReader reader;
    private final @Nullable String bootId;
    private SnapshotCookies before = SnapshotCookies.NONE;
    private SnapshotCookies current = SnapshotCookies.NONE;

    /** @param bootId boot id to assume for the snapshots; null to use the recorded one */
    public SnapshotWalk(Path file, @Nullable String bootId) throws IOException {
        this.reader = SnapshotReader.open(file);
        this.bootId = bootId;
    }

    /**
     * Reads on to a snapshot.
     *
     * @param number of an existing snapshot that was not read yet
     */
    public Snapshot to(int number) throws IOException {
        Snapshot s;
        while ((s = reader.next()) != null) {
            s = bootId == null ? s : s.ofBoot(bootId);
            before = current;
            current = SnapshotCookies.of(s);
            if (s.index() == number) {
                return s;
            }
        }
        throw new IOException(reader.capture().path() + ": snapshot " + number
                + " disappeared while the file was being read");
    }

    /** Returns the cookies of the snapshot before the one that {@link #to} returned. */
    public SnapshotCookies before() {
        return before;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
