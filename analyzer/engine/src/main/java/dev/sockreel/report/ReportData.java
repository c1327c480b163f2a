package dev.sockreel.report;

import dev.sockreel.finding.Findings;
import java.util.List;
import java.util.Map;

/**
 * The content of a report.
 *
 * @param captures   in the order given
 * @param snapshots  of all files, in the order of time
 * @param findings   of all files
 * @param sockets    those with findings first, then their other ends, then a sample
 * @param everything whether {@code sockets} are all that any snapshot lists
 * @param timeline   verdicts of all dumps
 * @param states     cause id → states over time of its first processes; none for a cause without followed processes
 * @param part       lines for people on the part of the captures that was asked for; empty for all of them
 */
public record ReportData(
        List<CaptureSummary> captures,
        List<SnapshotSummary> snapshots,
        Findings findings,
        List<ReportSocket> sockets,
        boolean everything,
        Timeline timeline,
        Map<String, List<ProcessStates>> states,
        List<String> part) {
    /** Returns the same with lines on the part of the captures that it is about. */
    public ReportData about(List<String> lines) {
        return new ReportData(captures, snapshots, findings, sockets, everything, timeline, states, lines);
    }

    /** Returns the number of sockets in the snapshot that lists the most. */
    public int maxSockets() {
        return snapshots.stream().mapToInt(SnapshotSummary::sockets).max().orElse(0);
    }
}
