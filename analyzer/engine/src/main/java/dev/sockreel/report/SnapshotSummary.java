package dev.sockreel.report;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.finding.DumpReport;
import dev.sockreel.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Summary of one snapshot.
 *
 * @param capture index of its file, from 0
 * @param index   in its recording
 * @param end     null when the capture ends before it does
 * @param damaged whether a part of the file within it is damaged
 * @param dumps   in the order of the source
 * @param sockets number of sockets listed
 */
public record SnapshotSummary(
        int capture,
        int index,
        ReceiveTime begin,
        @Nullable ReceiveTime end,
        boolean damaged,
        List<DumpReport> dumps,
        int sockets) {
    static SnapshotSummary of(int capture, Snapshot snapshot, int sockets) {
        return new SnapshotSummary(
                capture,
                snapshot.index(),
                snapshot.begin(),
                snapshot.end(),
                snapshot.damaged(),
                snapshot.dumps().stream().map(d -> DumpReport.of(snapshot, d)).toList(),
                sockets);
    }
}
