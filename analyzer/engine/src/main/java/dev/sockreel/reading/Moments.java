package dev.sockreel.reading;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.GroupList;
import dev.sockreel.capture.SnapshotEntry;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads some snapshots of a capture, and only what is needed for them: where they stand in the file, those they are
 * judged by, and the last look for owners. They are the same as when all is read. Where something is wrong with what
 * was read, or where the file does not say where its snapshots stand, all is to be read: {@link #whole}.
 */
public final class Moments implements AutoCloseable {
    /** Captures of at most so many snapshots are read whole: hardly fewer would have to be read. */
    static final int ALWAYS_WHOLE = 8;

    private final Path path;
    private SnapshotReader reader;
    private boolean isUsed;
    private @Nullable GroupList list;
    private @Nullable List<SnapshotEntry> listed;
    private @Nullable MomentSearch search;
    private int next;
    private int last;

    private Moments(Path path, SnapshotReader reader) {
        this.path = path;
        this.reader = reader;
    }

    /**
     * Opens a capture.
     *
     * @throws IOException as of {@link CaptureReader#open}
     */
    public static Moments open(Path path) throws IOException {
        return new Moments(path, SnapshotReader.open(path));
    }

    /**
     * Returns the snapshots that can be gone to, in their order; none where all is to be read. Times and numbers are
     * what the groups state.
     */
    public List<SnapshotEntry> snapshots() throws IOException {
        List<SnapshotEntry> known = listed;
        if (known == null) {
            list = reader.capture().list();
            List<SnapshotEntry> all = list == null ? List.of() : list.snapshots();
            known = all.size() <= ALWAYS_WHOLE ? List.of() : all;
            listed = known;
        }
        return known;
    }

    /** Returns when the last of the listed snapshots ended; unknown where its end is missing. */
    public ReceiveTime lastEnd() throws IOException {
        GroupList known = list;
        return known == null ? ReceiveTime.NONE : reader.capture().lastEnd(known);
    }

    /**
     * Goes to snapshots, which {@link #next} then returns.
     *
     * @param from index of the first in {@link #snapshots}
     * @param to   index of the last
     * @return false where all is to be read
     */
    public boolean go(int from, int to) throws IOException {
        List<SnapshotEntry> all = snapshots();
        GroupList groups = list;
        if (groups == null || from < 0 || from > to || to >= all.size()) {
            return false;
        }
        renew();
        search = null;
        next = from;
        last = to;
        if (from <= SnapshotReader.NEIGHBOURS + 1) {
            next = 0;
            while (next < from) {
                if (next() == null) {
                    return false;
                }
            }
            return true;
        }
        try {
            MomentSearch now = new MomentSearch(reader, path, groups, all, from);
            search = now;
            return now.go();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns the next of the snapshots gone to; null after the last, or where it is not as listed. */
    public @Nullable Snapshot next() throws IOException {
        if (next > last) {
            return null;
        }
        try {
            Snapshot s = reader.next();
            if (s == null || s.index() != snapshots().get(next).number()) {
                return null;
            }
            next++;
            return s;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Ends the reading of the snapshots gone to; {@link #capture} then knows how the file ends.
     *
     * @return false where all is to be read: they were not all there, or something of what was read is damaged
     */
    public boolean leave() throws IOException {
        GroupList known = list;
        boolean isDamaged = capture().damageCount() > 0 || search != null && search.isDamaged();
        if (known == null || next <= last || isDamaged) {
            return false;
        }
        capture().leave(known);
        return capture().damageCount() == 0;
    }

    /** Returns the reader of the whole capture, from its begin. */
    public SnapshotReader whole() throws IOException {
        renew();
        return reader;
    }

    private void renew() throws IOException {
        if (isUsed) {
            reader.close();
            reader = SnapshotReader.open(path);
        }
        isUsed = true;
    }

    /** Returns the path of the capture. */
    public Path path() {
        return path;
    }

    public CaptureReader capture() {
        return reader.capture();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
