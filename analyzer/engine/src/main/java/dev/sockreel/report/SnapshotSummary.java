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
 * @param boot    see {@link Snapshot#boot}
 * @param end     null when the capture ends before it does
 * @param damaged whether a part of the file within it is damaged
 * @param dumps   in the order of the source
 * @param sockets number of sockets listed
 */
public record SnapshotSummary(
        int capture,
        int index,
        String boot,
        ReceiveTime begin,
        @Nullable ReceiveTime end,
        boolean damaged,
        List<DumpReport> dumps,
        int sockets) {
    /** Returns when it ended, or began if the capture ends before. */
    public ReceiveTime endOrBegin() {
        return end == null ? begin : end;
    }

    /** Returns the nanoseconds from the begin of an earlier snapshot to a time in this one; both times are known. */
    public long nanosSince(SnapshotSummary earlier, ReceiveTime time) {
        return boot.equals(earlier.boot)
                ? time.nanosSince(earlier.begin)
                : time.realtimeNs() - earlier.begin.realtimeNs();
    }

    static SnapshotSummary of(int capture, Snapshot snapshot, int sockets) {
        return new SnapshotSummary(
                capture,
                snapshot.index(),
                snapshot.boot(),
                snapshot.begin(),
                snapshot.end(),
                snapshot.damaged(),
                snapshot.dumps().stream().map(d -> DumpReport.of(snapshot, d)).toList(),
                sockets);
    }
}
