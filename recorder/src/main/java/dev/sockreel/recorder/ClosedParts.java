package dev.sockreel.recorder;

import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.spool.Spool;
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
    private Spool.Written written = Spool.Written.NOTHING;
    private long bytes;

    /**
     * A closed part.
     *
     * @param identity null when it is a pipe or device, which takes nothing back
     * @param moved    whether somebody renamed it while it was written, so that it is theirs now
     * @param closedNs {@link System#nanoTime()} when it was closed
     * @param written  what it holds
     */
    record Part(Path path, @Nullable FileIdentity identity, boolean moved, long bytes, long closedNs,
            Spool.Written written) {
        /** Returns whether its name still leads to the file that was written. */
        boolean isThere(LinkOption... links) throws IOException {
            return identity == null || identity.equals(FileIdentity.of(path, links));
        }
    }

    /** @param retention age or total size beyond which parts are deleted; null keeps all */
    ClosedParts(RecordOptions.@Nullable Limit retention) {
        this.retention = retention;
    }

    void add(Part part) {
        kept.addLast(part);
        written = written.plus(part.written());
        bytes += part.bytes();
    }

    /**
     * Deletes the oldest parts beyond the retention.
     *
     * @param openBytes size of the part being written
     */
    void retain(long openBytes) throws IOException {
        Part oldest = kept.peekFirst();
        while (oldest != null && isOver(oldest, openBytes)) {
            if (!oldest.moved() && oldest.isThere(LinkOption.NOFOLLOW_LINKS)) {
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

    /** Returns what all parts held, deleted ones included. */
    Spool.Written written() {
        return written;
    }
}
