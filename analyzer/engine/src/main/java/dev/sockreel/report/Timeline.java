package dev.sockreel.report;

import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.finding.DumpReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts of all dumps as a table: one row per family, one column per snapshot or per several consecutive ones.
 *
 * @param columns in the order of time
 * @param rows    family → a cell for each column, null where there was no dump of it
 */
public record Timeline(List<Column> columns, Map<String, List<@Nullable Cell>> rows) {
    /**
     * Consecutive snapshots.
     *
     * @param first   ordinal of the first snapshot
     * @param last    ordinal of the last snapshot
     * @param damaged whether a part of the file within one of them is damaged, or one has no end
     */
    public record Column(int first, int last, boolean damaged) {}

    /**
     * The dumps of one family in one column.
     *
     * @param worst    the worst verdict
     * @param dumps    number of dumps
     * @param complete number of complete dumps
     * @param sockets  number of sockets in the dumps of the last snapshot, of all namespaces and requests
     */
    public record Cell(DumpVerdict worst, int dumps, int complete, int sockets) {
        private static Cell of(DumpReport dump) {
            boolean complete = dump.verdict() == DumpVerdict.COMPLETE;
            return new Cell(dump.verdict(), 1, complete ? 1 : 0, dump.sockets());
        }

        /** Joins the cells of two dumps of one snapshot. */
        private Cell beside(Cell other) {
            return joined(other, sockets + other.sockets);
        }

        /** Joins the cells of two snapshots. */
        private Cell before(Cell next) {
            return joined(next, next.sockets);
        }

        private Cell joined(Cell other, int number) {
            DumpVerdict worse = worst.compareTo(other.worst) >= 0 ? worst : other.worst;
            return new Cell(worse, dumps + other.dumps, complete + other.complete, number);
        }
    }

    static Timeline of(List<SnapshotSummary> snapshots, int maxColumns) {
        int width = width(snapshots.size(), maxColumns);
        Set<String> families = new LinkedHashSet<>();
        snapshots.forEach(s -> s.dumps().forEach(d -> families.add(d.family())));
        List<Column> columns = new ArrayList<>();
        Map<String, List<@Nullable Cell>> rows = new LinkedHashMap<>();
        families.forEach(f -> rows.put(f, new ArrayList<>()));
        for (int from = 0; from < snapshots.size(); from += width) {
            List<SnapshotSummary> some = snapshots.subList(from, Math.min(from + width, snapshots.size()));
            columns.add(new Column(
                    from, from + some.size() - 1, some.stream().anyMatch(s -> s.damaged() || s.end() == null)));
            Map<String, Cell> cells = cells(some);
            rows.forEach((family, row) -> row.add(cells.get(family)));
        }
        return new Timeline(columns, rows);
    }

    /** Returns how many snapshots share a column. */
    static int width(int snapshots, int maxColumns) {
        return Math.max(1, Math.ceilDiv(snapshots, maxColumns));
    }

    private static Map<String, Cell> cells(List<SnapshotSummary> snapshots) {
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (SnapshotSummary snapshot : snapshots) {
            Map<String, Cell> own = new LinkedHashMap<>();
            snapshot.dumps().forEach(d -> own.merge(d.family(), Cell.of(d), Cell::beside));
            own.forEach((family, cell) -> cells.merge(family, cell, Cell::before));
        }
        return cells;
    }
}
