package dev.sockreel.cli.report;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.SnapshotSummary;
import dev.sockreel.report.Timeline;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of the dumps' verdicts.
 *
 * @param wide   true if there are few columns, which show verdicts as words
 * @param joined the largest number of snapshots in one column
 */
record TimelineView(boolean wide, int joined, List<Head> heads, List<Row> rows, List<Legend> legend) {
    private static final int MAX_WIDE_COLUMNS = 8;
    /** Distance between labelled columns if there are many. */
    private static final int LABEL_EVERY = 10;

    /**
     * A column heading.
     *
     * @param label short; empty if there is no room
     * @param title the snapshots and their times
     */
    record Head(String label, String title, boolean damaged) {}

    /**
     * The dumps of one family.
     *
     * @param whole    number of complete dumps, of how many
     * @param flawless true if all are complete
     * @param sockets  number of sockets in the last snapshot that has one, or ?
     */
    record Row(String family, String whole, boolean flawless, String sockets, List<Cell> cells) {}

    /**
     * A verdict.
     *
     * @param text  content of the cell
     * @param words explanation with numbers
     */
    record Cell(String verdict, String text, String words) {}

    record Legend(String verdict, String sign, String words) {}

    static TimelineView of(ReportData data) {
        Timeline timeline = data.timeline();
        boolean wide = timeline.columns().size() <= MAX_WIDE_COLUMNS;
        List<Head> heads = new ArrayList<>();
        for (Timeline.Column column : timeline.columns()) {
            heads.add(head(data.snapshots(), column, heads.size(), wide));
        }
        List<Row> rows = new ArrayList<>();
        timeline.rows().forEach((family, cells) -> rows.add(row(family, cells, wide)));
        int joined = timeline.columns().stream().mapToInt(c -> c.last() - c.first() + 1).max().orElse(1);
        return new TimelineView(wide, joined, heads, rows, signs(timeline));
    }

    private static Head head(List<SnapshotSummary> snapshots, Timeline.Column column, int place, boolean wide) {
        SnapshotSummary first = snapshots.get(column.first());
        SnapshotSummary last = snapshots.get(column.last());
        ReceiveTime end = last.end() == null ? last.begin() : last.end();
        boolean one = column.first() == column.last();
        String number = one ? "snapshot " + first.index() : "snapshots " + first.index() + " to " + last.index();
        String title = number + ", " + PageTime.full(first.begin()) + (one ? "" : " to " + PageTime.clock(end))
                + (column.damaged() ? ", damaged or unfinished" : "");
        String label = wide ? first.index() + " at " + PageTime.clock(first.begin()) : Integer.toString(first.index());
        return new Head(wide || place % LABEL_EVERY == 0 ? label : "", title, column.damaged());
    }

    private static Row row(String family, List<Timeline.@Nullable Cell> cells, boolean wide) {
        List<Cell> views = new ArrayList<>();
        int dumps = 0;
        int complete = 0;
        String sockets = "?";
        for (Timeline.@Nullable Cell cell : cells) {
            views.add(cell(cell, wide));
            if (cell != null) {
                dumps += cell.dumps();
                complete += cell.complete();
                sockets =
                        hasSocketCount(cell.worst()) || cell.sockets() > 0 ? Integer.toString(cell.sockets()) : sockets;
            }
        }
        return new Row(family, complete + " of " + dumps, complete == dumps, sockets, views);
    }

    /** Returns whether a dump with this verdict gives a number of sockets. */
    private static boolean hasSocketCount(DumpVerdict verdict) {
        return verdict != DumpVerdict.UNAVAILABLE && verdict != DumpVerdict.FAILED;
    }

    private static Cell cell(Timeline.@Nullable Cell cell, boolean wide) {
        if (cell == null) {
            return new Cell("none", "", "no dump");
        }
        String verdict = cell.worst().id();
        String words = cell.dumps() == 1
                ? verdict + (hasSocketCount(cell.worst()) ? ", " + Counted.of(cell.sockets(), "socket") : "")
                : cell.complete() + " of " + cell.dumps() + " complete, worst: " + verdict;
        return new Cell(verdict, wide ? verdict : sign(cell.worst()), words);
    }

    /** Returns the legend for the verdicts in the table. */
    private static List<Legend> signs(Timeline timeline) {
        Set<DumpVerdict> held = EnumSet.noneOf(DumpVerdict.class);
        timeline.rows().values().forEach(row -> row.forEach(cell -> {
            if (cell != null) {
                held.add(cell.worst());
            }
        }));
        return held.stream().map(v -> new Legend(v.id(), sign(v), v.id() + ": " + meaning(v))).toList();
    }

    private static String sign(DumpVerdict verdict) {
        return switch (verdict) {
            case COMPLETE -> "\u25cf";
            case INCONSISTENT -> "i";
            case INTERRUPTED -> "r";
            case UNFINISHED -> "u";
            case TRUNCATED -> "t";
            case FAILED -> "\u2715";
            case UNAVAILABLE -> "\u2013";
        };
    }

    private static String meaning(DumpVerdict verdict) {
        return switch (verdict) {
            case COMPLETE -> "the whole dump arrived";
            case INCONSISTENT -> "contradicts itself or other evidence; sockets may be missing";
            case INTERRUPTED -> "the kernel reports that its tables changed during the dump";
            case UNFINISHED -> "the end is missing";
            case TRUNCATED -> "parts are missing";
            case FAILED -> "the kernel or a system call answered with an error";
            case UNAVAILABLE -> "the kernel has no handler; there may be such sockets";
        };
    }

    boolean hasJoinedColumns() {
        return joined > 1;
    }
}
