package dev.sockreel.recorder;

import dev.sockreel.recorder.options.RecordOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The closed parts of a recording, and their retention. Ages are by CLOCK_MONOTONIC, so that setting the realtime clock
 * neither shortens nor lengthens a part's life; it stands still while the host is suspended, which only keeps parts
 * longer. Only what this recording made is ever deleted, and only while its name still leads to that file.
 */
final class ClosedParts {
    private final RecordOptions.@Nullable Limit retention;
    private final Deque<Part> kept = new ArrayDeque<>();
    private long bytes;
    private int snapshots;

    /**
     * A closed part.
     *
     * @param identity null when it is no regular file
     * @param closedNs {@link System#nanoTime()} when it was closed
     */
    record Part(Path path, @Nullable FileIdentity identity, long bytes, long closedNs, int snapshots) {
        /** Returns whether its name still leads to the file that was written. */
        boolean isThere(LinkOption... links) throws IOException {
            return identity != null && identity.equals(FileIdentity.of(path, links));
        }
    }

    /** @param retention age or total size beyond which parts are deleted; null keeps all */
    ClosedParts(RecordOptions.@Nullable Limit retention) {
        this.retention = retention;
    }

    void add(Part part) {
        kept.addLast(part);
        bytes += part.bytes();
        snapshots += part.snapshots();
    }

    /**
     * Deletes the oldest parts beyond the retention.
     *
     * @param openBytes size of the part being written
     */
    void retain(long openBytes) throws IOException {
        Part oldest = kept.peekFirst();
        while (oldest != null && isOver(oldest, openBytes)) {
            if (oldest.isThere(LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(oldest.path());
            }
            kept.removeFirst();
            oldest = kept.peekFirst();
        }
    }

    private boolean isOver(Part oldest, long openBytes) {
        return switch (retention) {
            case null -> false;
            case RecordOptions.Limit.Age age ->
                System.nanoTime() - oldest.closedNs() > age.time().toNanos();
            case RecordOptions.Limit.Size size ->
                kept.stream().mapToLong(Part::bytes).sum() + openBytes > size.bytes();
        };
    }

    /** Returns the parts whose files are still there, oldest first. */
    List<Part> there() throws IOException {
        List<Part> there = new ArrayList<>();
        for (Part part : kept) {
            if (part.isThere()) {
                there.add(part);
            }
        }
        return there;
    }

    /** Returns the size of all parts, deleted ones included. */
    long bytes() {
        return bytes;
    }

    /** Returns the number of snapshots in all parts, deleted ones included. */
    int snapshots() {
        return snapshots;
    }
}
