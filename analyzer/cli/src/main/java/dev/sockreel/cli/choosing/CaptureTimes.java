package dev.sockreel.cli.choosing;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.GroupEntry;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The times that a TIME refers to, from the headers of the captures' groups and the last snapshot of each capture.
 * Nanoseconds since 1970.
 *
 * @param begins  of the snapshots; not empty
 * @param startNs begin of the first snapshot, which the realtime clock may have been set back after
 * @param endNs   end of the last snapshot
 */
record CaptureTimes(NavigableSet<Long> begins, long startNs, long endNs) {
    /**
     * @param files in the order of their snapshots
     * @throws IllegalArgumentException if the captures have no times
     */
    static CaptureTimes of(List<Path> files) throws IOException {
        NavigableSet<Long> begins = new TreeSet<>();
        long startNs = ReceiveTime.UNKNOWN;
        long endNs = ReceiveTime.UNKNOWN;
        for (Path file : files) {
            try (CaptureReader capture = CaptureReader.open(file)) {
                Collection<GroupEntry> snapshots = snapshots(capture.groups());
                if (!snapshots.isEmpty()) {
                    startNs = begins.isEmpty() ? start(snapshots) : startNs;
                    snapshots.forEach(s -> begins.add(s.realtimeNs()));
                    endNs = end(capture, snapshots);
                }
            }
        }
        if (begins.isEmpty()) {
            throw new IllegalArgumentException("the capture has no times: choose a snapshot by its number");
        }
        return new CaptureTimes(begins, startNs, endNs);
    }

    /** Returns the first group of each snapshot, in the order of the file. */
    private static Collection<GroupEntry> snapshots(List<GroupEntry> groups) {
        Map<SnapshotId, GroupEntry> snapshots = new LinkedHashMap<>();
        for (GroupEntry g : groups) {
            if (g.firstSnapshot() >= 0 && g.realtimeNs() != ReceiveTime.UNKNOWN) {
                snapshots.putIfAbsent(new SnapshotId(g.fileId(), g.firstSnapshot()), g);
            }
        }
        return snapshots.values();
    }

    /** Returns the begin of the first snapshot. Captures may be joined in any order, so each has a first. */
    private static long start(Collection<GroupEntry> snapshots) {
        Map<Long, Long> begins = new HashMap<>();
        snapshots.forEach(s -> begins.putIfAbsent(s.fileId(), s.realtimeNs()));
        return Collections.min(begins.values());
    }

    private static long end(CaptureReader capture, Collection<GroupEntry> snapshots) throws IOException {
        Map<Long, GroupEntry> lasts = new HashMap<>();
        snapshots.forEach(s -> lasts.put(s.fileId(), s));
        GroupEntry last = Collections.max(lasts.values(), Comparator.comparingLong(GroupEntry::realtimeNs));
        capture.seek(last);
        CaptureRecord record;
        while ((record = capture.next()) != null) {
            if (record instanceof SnapshotEnd end && end.snapshot() == last.firstSnapshot() && end.time().isKnown()) {
                return end.time().realtimeNs();
            }
        }
        return last.realtimeNs();
    }

    /**
     * Returns the time that the text states.
     *
     * @param text see {@link SnapshotTime}
     * @throws IllegalArgumentException if the text is not a time
     */
    long parse(String text) {
        return SnapshotTime.parse(text, startNs, endNs);
    }

    boolean includes(long timeNs) {
        return begins.first() <= timeNs && timeNs <= Math.max(begins.last(), endNs);
    }

    /** Returns the begin of the last snapshot that began at or before a time within the captures. */
    long beginAt(long timeNs) {
        return Objects.requireNonNull(begins.floor(timeNs));
    }
}
