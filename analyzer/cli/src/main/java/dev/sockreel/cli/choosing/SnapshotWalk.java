package dev.sockreel.cli.choosing;

import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Goes through a capture to snapshots by their numbers, and keeps of the one before each what it lists. */
public final class SnapshotWalk implements AutoCloseable {
    private final SnapshotReader reader;
    private final @Nullable String bootId;
    private SnapshotCookies before = SnapshotCookies.NONE;
    private SnapshotCookies current = SnapshotCookies.NONE;

    /** @param bootId of which boot its snapshots are taken to be; null for the one they name */
    public SnapshotWalk(Path file, @Nullable String bootId) throws IOException {
        this.reader = SnapshotReader.open(file);
        this.bootId = bootId;
    }

    /** @param number of a snapshot that is there and was not passed */
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
        throw new IOException(reader.capture().path() + ": snapshot " + number + " was there and is not any more");
    }

    /** Of the snapshot before the one that {@link #to} gave. */
    public SnapshotCookies before() {
        return before;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
