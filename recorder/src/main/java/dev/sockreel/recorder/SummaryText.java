package dev.sockreel.recorder;

import dev.sockreel.wording.Amounts;
import dev.sockreel.wording.Counted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a recording brought, for whoever made it: at most three lines, of 80 columns where the file's name is short. */
final class SummaryText {
    private static final int MAX_COLUMNS = 80;
    /** Families without a handler that are named at most. */
    private static final int MAX_NAMED = 4;

    static List<String> of(RecordSummary s) {
        List<String> lines = new ArrayList<>();
        lines.add(s.file() + ": " + Counted.of(s.snapshots(), "snapshot") + ", " + when(s)
                + Amounts.size(s.fileBytes()) + " on disk");
        lines.add(joined(remarks(s), "; ", MAX_COLUMNS));
        if (s.snapshots() > 0 && isFile(s.file())) {
            lines.add("Next: sockreel findings " + quoted(s.file().toString()));
        }
        return lines;
    }

    private static String when(RecordSummary s) {
        RecordedSoFar totals = s.totals();
        if (s.snapshots() == 0 || !totals.first().isKnown() || !totals.last().isKnown()) {
            return "";
        }
        boolean fromTheFirst = s.goneSnapshots() == 0 && s.snapshots() > 1;
        return (fromTheFirst
                ? Amounts.between(totals.first().realtimeNs(), totals.last().realtimeNs())
                : (s.snapshots() > 1 ? "the last " : "") + Amounts.at(totals.last().realtimeNs())) + ", ";
    }

    /** Returns clauses, the most important first. */
    private static List<String> remarks(RecordSummary s) {
        RecordedSoFar t = s.totals();
        List<String> remarks = new ArrayList<>();
        remarks.add(sockets(s));
        if (s.files() > 1) {
            remarks.add("with " + Counted.of(s.files() - 1, "earlier part"));
        }
        if (s.goneFiles() > 0) {
            remarks.add(Counted.of(s.goneFiles(), "earlier part") + " with "
                    + Counted.of(s.goneSnapshots(), "snapshot") + (s.goneFiles() == 1 ? " is" : " are")
                    + " gone");
        }
        if (t.unfinished() > 0) {
            remarks.add(Counted.of(t.unfinished(), "dump") + (t.unfinished() == 1 ? " is" : " are") + " not whole");
        }
        if (t.missed() > 0) {
            remarks.add(Counted.of(t.missed(), "snapshot") + " skipped");
        }
        if (t.unfinished() == 0 && t.missed() == 0) {
            remarks.add("nothing skipped or cut");
        }
        if (s.maskedBytes() > 0) {
            remarks.add(Counted.of(s.maskedBytes(), "byte of keys", "bytes of keys") + " zeroed");
        }
        double each = Math.max(1, s.snapshots() + s.goneSnapshots()) * 1e6;
        remarks.add(String.format(Locale.ROOT, "%.0f ms of CPU a snapshot", (s.userCpuNs() + s.kernelCpuNs()) / each));
        return remarks;
    }

    /** Families without a handler have sockets that nobody counted. */
    private static String sockets(RecordSummary s) {
        RecordedSoFar t = s.totals();
        if (!t.isCounted()) {
            return "sockets not counted: the kernel answered no dump";
        }
        return Counted.of(t.sockets(), "socket") + (s.snapshots() > 1 ? " in the last one" : "")
                + (s.unavailable().isEmpty() ? "" : ", without " + families(s.unavailable()));
    }

    private static String families(List<String> ids) {
        return ids.size() <= MAX_NAMED ? String.join(" ", ids) : Counted.of(ids.size(), "family", "families");
    }

    /** Joins the clauses that fit a line; the first always stands. */
    static String joined(List<String> remarks, String comma, int maxColumns) {
        StringBuilder line = new StringBuilder(remarks.getFirst());
        for (String remark : remarks.subList(1, remarks.size())) {
            if (line.length() + comma.length() + remark.length() <= maxColumns) {
                line.append(comma).append(remark);
            }
        }
        return line.toString();
    }

    /** Returns false for what was written into a pipe or device, which nobody can read again. */
    private static boolean isFile(Path file) {
        return !file.toString().equals("-") && (!Files.exists(file) || Files.isRegularFile(file));
    }

    /** Returns the name as a shell takes it. */
    private static String quoted(String name) {
        return name.matches("[A-Za-z0-9._/+:@%=,-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }

    private SummaryText() {}
}
