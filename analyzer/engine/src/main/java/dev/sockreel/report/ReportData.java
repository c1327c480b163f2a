package dev.sockreel.report;

import dev.sockreel.finding.Findings;
import java.util.List;

/**
 * What a report shows.
 *
 * @param captures   in the order given
 * @param snapshots  of all files, in the order of time
 * @param sockets    those of findings first, then their other ends, then a sample
 * @param everything whether {@code sockets} are all that any snapshot lists
 */
public record ReportData(
        List<CaptureMark> captures,
        List<SnapshotMark> snapshots,
        Findings findings,
        List<ReportSocket> sockets,
        boolean everything,
        Timeline timeline) {
    /** Listed by the snapshot that lists most. */
    public int mostSockets() {
        return snapshots.stream().mapToInt(SnapshotMark::sockets).max().orElse(0);
    }
}
