package dev.sockreel.cli.choosing;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.SnapshotEntry;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.reading.Moments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The times that a TIME refers to, from the records that the reader does not pass over: a group's header may state
 * another time. Nanoseconds since 1970.
 *
 * @param begins  of the snapshots; not empty
 * @param startNs begin of the first snapshot, which the realtime clock may have been set back after
 * @param endNs   end of the last snapshot
 */
public record CaptureTimes(NavigableSet<Long> begins, long startNs, long endNs) {
    /** Finds the times of one capture. */
    @FunctionalInterface
    public interface Source {
        /** Returns null where they are not known. */
        @Nullable
        CaptureTimes get() throws IOException;
    }

    /** A snapshot whose begin is known; its end is its begin until the end record is read. */
    private record Span(int snapshot, long beginNs, long endNs) {}

    /**
     * @param files in the order of their snapshots
     * @throws IllegalArgumentException if the captures have no times
     */
    public static CaptureTimes of(List<Path> files) throws IOException {
        NavigableSet<Long> begins = new TreeSet<>();
        long startNs = ReceiveTime.UNKNOWN;
        long endNs = ReceiveTime.UNKNOWN;
        for (Path file : files) {
            // Captures may be joined in any order, so each has a first and a last snapshot.
            Map<Long, Long> firsts = new HashMap<>();
            Map<Long, Span> lasts = new HashMap<>();
            read(file, firsts, lasts, begins);
            if (!firsts.isEmpty()) {
                startNs = startNs == ReceiveTime.UNKNOWN ? Collections.min(firsts.values()) : startNs;
                endNs = Collections.max(lasts.values(), Comparator.comparingLong(Span::beginNs)).endNs();
            }
        }
        if (begins.isEmpty()) {
            throw new IllegalArgumentException("the capture has no times: choose a snapshot by its number");
        }
        return new CaptureTimes(begins, startNs, endNs);
    }

    /**
     * Returns the times of a capture whose snapshots can be gone to, as its groups state them; null where all is to be
     * read, as where the clock was set back.
     */
    public static @Nullable CaptureTimes listed(Moments moments) throws IOException {
        NavigableSet<Long> begins = new TreeSet<>();
        for (SnapshotEntry s : moments.snapshots()) {
            if (s.beginNs() == ReceiveTime.UNKNOWN || (!begins.isEmpty() && s.beginNs() <= begins.last())) {
                return null;
            }
            begins.add(s.beginNs());
        }
        if (begins.isEmpty()) {
            return null;
        }
        ReceiveTime end = moments.lastEnd();
        return new CaptureTimes(begins, begins.first(), end.isKnown() ? end.realtimeNs() : begins.last());
    }

    /**
     * Reads one file.
     *
     * @param firsts takes the begin of the first snapshot by file id
     * @param lasts  takes the last snapshot by file id
     * @param begins takes the begin of each snapshot
     */
    private static void read(Path file, Map<Long, Long> firsts, Map<Long, Span> lasts, NavigableSet<Long> begins)
            throws IOException {
        try (CaptureReader capture = CaptureReader.open(file)) {
            CaptureRecord record;
            while ((record = capture.next()) != null) {
                if (record instanceof SnapshotBegin b && b.time().isKnown()) {
                    long beginNs = b.time().realtimeNs();
                    begins.add(beginNs);
                    firsts.putIfAbsent(capture.fileId(), beginNs);
                    lasts.put(capture.fileId(), new Span(b.snapshot(), beginNs, beginNs));
                } else if (record instanceof SnapshotEnd e && e.time().isKnown()) {
                    lasts.computeIfPresent(capture.fileId(), (id, last) -> last.snapshot() == e.snapshot()
                            ? new Span(last.snapshot(), last.beginNs(), e.time().realtimeNs()) : last);
                }
            }
        }
    }

    /**
     * Returns the time that the text states.
     *
     * @param text see {@link SnapshotTime}
     * @param zone of texts that name none
     * @throws IllegalArgumentException if the text is not a time
     */
    SnapshotTime.Parsed parse(String text, ZoneId zone) {
        return SnapshotTime.parse(text, startNs, endNs, zone);
    }

    boolean includes(long timeNs) {
        return begins.first() <= timeNs && timeNs <= Math.max(begins.last(), endNs);
    }

    /** Returns the begin of the last snapshot that began at or before a time within the captures. */
    long beginAt(long timeNs) {
        return Objects.requireNonNull(begins.floor(timeNs));
    }
}
