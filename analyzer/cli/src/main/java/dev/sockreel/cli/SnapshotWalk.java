package dev.sockreel.cli;

import dev.sockreel.snapshot.Listed;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Goes through a capture to snapshots by their numbers, and keeps of the one before each what it lists. */
final class SnapshotWalk implements AutoCloseable {
    private final SnapshotReader reader;
    private final @Nullable String bootId;
    private Listed before = Listed.NONE;
    private Listed current = Listed.NONE;

    /** @param bootId of which boot its snapshots are taken to be; null for the one they name */
    SnapshotWalk(Path file, @Nullable String bootId) throws IOException {
        this.reader = SnapshotReader.open(file);
        this.bootId = bootId;
    }

    /** @param number of a snapshot that is there and was not passed */
    Snapshot to(int number) throws IOException {
        Snapshot s;
        while ((s = reader.next()) != null) {
            s = bootId == null ? s : s.ofBoot(bootId);
            before = current;
            current = Listed.of(s);
            if (s.index() == number) {
                return s;
            }
        }
        throw new IOException(reader.capture().path() + ": snapshot " + number + " was there and is not any more");
    }

    /** Of the snapshot before the one that {@link #to} gave. */
    Listed before() {
        return before;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
