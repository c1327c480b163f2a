package dev.sockreel.cli.choosing;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.GroupEntry;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The times that a relative TIME refers to, found without reading whole captures. Nanoseconds since 1970.
 *
 * @param startNs begin of the first snapshot
 * @param endNs   end of the last snapshot
 */
record CaptureTimes(long startNs, long endNs) {
    /** @throws IllegalArgumentException if the captures have no times */
    static CaptureTimes of(List<Path> files) throws IOException {
        long startNs = Long.MAX_VALUE;
        long endNs = ReceiveTime.UNKNOWN;
        for (Path file : files) {
            try (CaptureReader capture = CaptureReader.open(file)) {
                List<GroupEntry> groups = capture.groups().stream()
                        .filter(g -> g.firstSnapshot() >= 0 && g.realtimeNs() != ReceiveTime.UNKNOWN)
                        .toList();
                if (!groups.isEmpty()) {
                    startNs = Math.min(startNs,
                            groups.stream().mapToLong(GroupEntry::realtimeNs).min().orElseThrow());
                    endNs = Math.max(endNs, end(capture, groups));
                }
            }
        }
        if (endNs == ReceiveTime.UNKNOWN) {
            throw new IllegalArgumentException("the capture has no times: choose a snapshot by its number");
        }
        return new CaptureTimes(startNs, endNs);
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
        return SnapshotTime.parse(text, startNs, endNs);
    }
}
