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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The times that a TIME refers to, from the headers of the captures' groups and the last snapshot of each capture.
 * Nanoseconds since 1970.
 *
 * @param begins of the snapshots; not empty
 * @param endNs  end of the last snapshot
 */
record CaptureTimes(NavigableSet<Long> begins, long endNs) {
    /** @throws IllegalArgumentException if the captures have no times */
    static CaptureTimes of(List<Path> files) throws IOException {
        NavigableSet<Long> begins = new TreeSet<>();
        long endNs = ReceiveTime.UNKNOWN;
        for (Path file : files) {
            try (CaptureReader capture = CaptureReader.open(file)) {
                List<GroupEntry> groups = capture.groups().stream()
                        .filter(g -> g.firstSnapshot() >= 0 && g.realtimeNs() != ReceiveTime.UNKNOWN)
                        .toList();
                if (!groups.isEmpty()) {
                    begins.addAll(begins(groups));
                    endNs = Math.max(endNs, end(capture, groups));
                }
            }
        }
        if (begins.isEmpty()) {
            throw new IllegalArgumentException("the capture has no times: choose a snapshot by its number");
        }
        return new CaptureTimes(begins, endNs);
    }

    /** Returns the time of each snapshot's first group. */
    private static Collection<Long> begins(List<GroupEntry> groups) {
        Map<SnapshotId, Long> begins = new HashMap<>();
        groups.forEach(g -> begins.merge(new SnapshotId(g.fileId(), g.firstSnapshot()), g.realtimeNs(), Math::min));
        return begins.values();
    }

    private static long end(CaptureReader capture, List<GroupEntry> groups) throws IOException {
        GroupEntry latest = groups.stream().max(Comparator.comparingLong(GroupEntry::realtimeNs)).orElseThrow();
        long endNs = latest.realtimeNs();
        capture.seek(latest);
        CaptureRecord record;
        while ((record = capture.next()) != null) {
            if (record instanceof SnapshotEnd end) {
                endNs = Math.max(endNs, end.time().realtimeNs());
            }
        }
        return endNs;
    }

    /**
     * Returns the time that the text states.
     *
     * @param text see {@link SnapshotTime}
     * @throws IllegalArgumentException if the text is not a time
     */
    long parse(String text) {
        return SnapshotTime.parse(text, begins.first(), endNs);
    }

    boolean includes(long timeNs) {
        return begins.first() <= timeNs && timeNs <= endNs;
    }

    /** Returns the begin of the last snapshot that began at or before a time within the captures. */
    long beginAt(long timeNs) {
        return Objects.requireNonNull(begins.floor(timeNs));
    }
}
