package dev.sockreel.cli.report;

import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.SnapshotSummary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which part of the captures a page is about. */
final class ReportPart {
    /**
     * Returns the lines for the page; none for all of the captures.
     *
     * @param span  of all snapshots of the captures; null if no range was asked for
     * @param times how times are shown
     * @param netns word for the namespace that was asked for; null for all
     */
    static List<String> lines(ReportData data, @Nullable String span, @Nullable String netns,
            ShownTimes times) {
        List<String> lines = new ArrayList<>();
        List<SnapshotSummary> shown = data.snapshots();
        if (span != null && !shown.isEmpty()) {
            int first = shown.getFirst().index();
            int last = shown.getLast().index();
            lines.add("Only " + (first == last ? "snapshot " + first : "snapshots " + first + " to " + last) + " of "
                    + span);
        }
        if (netns != null) {
            lines.add("Only network namespace " + netns + ": causes that concern a socket in it, and its sockets");
        }
        String local = shown.isEmpty() ? "" : times.span(
                shown.getFirst().begin().realtimeNs(), shown.getLast().endOrBegin().realtimeNs());
        if (!local.isEmpty()) {
            lines.add("Local time " + local);
        }
        return lines;
    }

    private ReportPart() {}
}
