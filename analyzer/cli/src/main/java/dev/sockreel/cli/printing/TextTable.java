package dev.sockreel.cli.printing;

import dev.sockreel.wording.Columns;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints aligned columns without borders. On a terminal lines fit: first the gaps become narrower, then names lose their
 * middle and sentences in the last column are broken, and what is still too wide continues in a table below.
 */
public final class TextTable {
    /** Least width of a name. */
    private static final int MIN_NAME_COLUMNS = 9;
    /** Least width of a last column whose sentences are broken. */
    private static final int MIN_PROSE_COLUMNS = 24;
    /** Blanks between two columns. */
    private static final int GAP_COLUMNS = 2;
    private static final int NARROW_GAP_COLUMNS = 1;

    private final @Nullable List<String> headers;
    private final IntPredicate right;
    private final int gap;

    private TextTable(@Nullable List<String> headers, IntPredicate right, int gap) {
        this.headers = headers;
        this.right = right;
        this.gap = gap;
    }

    /** Prints a table without names, whose last column may hold sentences. */
    public static void print(@Nullable List<String> headers, List<String[]> rows, IntPredicate right, PrintWriter out) {
        print(headers, rows, right, c -> false, out);
    }

    /**
     * Prints a table.
     *
     * @param headers null for none
     * @param rows    cells, printed without escaping
     * @param right   true for columns to align to the right, by index
     * @param names   true for columns that may be cut, by index
     */
    public static void print(
            @Nullable List<String> headers, List<String[]> rows, IntPredicate right, IntPredicate names,
            PrintWriter out) {
        lines(headers, rows, right, names, Terminal.columns()).forEach(out::println);
    }

    /**
     * Returns the lines of a table.
     *
     * @param columns of the terminal; 0: no limit
     */
    static List<String> lines(
            @Nullable List<String> headers, List<String[]> rows, IntPredicate right, IntPredicate names, int columns) {
        int[] widths = widths(headers, rows);
        if (columns == 0 || width(widths, GAP_COLUMNS) <= columns) {
            return new TextTable(headers, right, GAP_COLUMNS).lines(rows, widths);
        }
        int last = widths.length - 1;
        boolean hasNames = IntStream.rangeClosed(0, last).anyMatch(names);
        if (!hasNames && !right.test(last) && width(widths, GAP_COLUMNS) - widths[last] + MIN_PROSE_COLUMNS <= columns) {
            widths[last] -= width(widths, GAP_COLUMNS) - columns;
            return new TextTable(headers, right, GAP_COLUMNS).lines(rows, widths);
        }
        TextTable table = new TextTable(headers, right, NARROW_GAP_COLUMNS);
        int cap = cap(widths, names, columns);
        for (int i = 0; i <= last; i++) {
            widths[i] = names.test(i) ? Math.min(widths[i], cap) : widths[i];
        }
        return width(widths, NARROW_GAP_COLUMNS) <= columns ? table.lines(cut(rows, names, widths), widths)
                : table.parts(cut(rows, names, widths), widths, columns);
    }

    private static int[] widths(@Nullable List<String> headers, List<String[]> rows) {
        int[] widths = new int[headers != null ? headers.size() : rows.isEmpty() ? 0 : rows.getFirst().length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headers == null ? 0 : Columns.of(headers.get(i));
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], Columns.of(row[i]));
            }
        }
        return widths;
    }

    private static int width(int[] widths, int gap) {
        return gap * (widths.length - 1) + Arrays.stream(widths).sum();
    }

    /** Returns the largest width of a name with which all columns fit. */
    private static int cap(int[] widths, IntPredicate names, int columns) {
        int cap = MIN_NAME_COLUMNS;
        while (cap < columns && capped(widths, names, cap + 1) <= columns) {
            cap++;
        }
        return cap;
    }

    private static int capped(int[] widths, IntPredicate names, int cap) {
        int[] now = widths.clone();
        for (int i = 0; i < now.length; i++) {
            now[i] = names.test(i) ? Math.min(now[i], cap) : now[i];
        }
        return width(now, NARROW_GAP_COLUMNS);
    }

    private static List<String[]> cut(List<String[]> rows, IntPredicate names, int[] widths) {
        return rows.stream().map(row -> {
            String[] cut = row.clone();
            for (int i = 0; i < cut.length; i++) {
                cut[i] = names.test(i) ? Columns.fit(cut[i], widths[i]) : cut[i];
            }
            return cut;
        }).toList();
    }

    /** Returns tables one below the other, each with as many columns as fit and each with the first one. */
    private List<String> parts(List<String[]> rows, int[] widths, int columns) {
        List<String> lines = new ArrayList<>();
        int from = 1;
        while (from < widths.length) {
            int to = from + 1;
            int used = widths[0] + gap + widths[from];
            while (to < widths.length && used + gap + widths[to] <= columns) {
                used += gap + widths[to++];
            }
            int begin = from;
            int[] chosen = IntStream.concat(IntStream.of(0), IntStream.range(from, to)).toArray();
            TextTable part = new TextTable(
                    headers == null ? null : Arrays.stream(chosen).mapToObj(headers::get).toList(),
                    c -> right.test(c == 0 ? 0 : begin + c - 1), gap);
            List<String[]> cells = rows.stream()
                    .map(row -> Arrays.stream(chosen).mapToObj(c -> row[c]).toArray(String[]::new))
                    .toList();
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(part.lines(cells, Arrays.stream(chosen).map(c -> widths[c]).toArray()));
            from = to;
        }
        return lines;
    }

    private List<String> lines(List<String[]> rows, int[] widths) {
        List<String> lines = new ArrayList<>();
        if (headers != null) {
            lines.addAll(row(headers.toArray(String[]::new), widths));
        }
        rows.forEach(row -> lines.addAll(row(row, widths)));
        return lines;
    }

    /** Returns the line of a row, or several if the last cell is broken. */
    private List<String> row(String[] cells, int[] widths) {
        int last = cells.length - 1;
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < last; i++) {
            String blanks = " ".repeat(Math.max(0, widths[i] - Columns.of(cells[i])));
            line.append(right.test(i) ? blanks + cells[i] : cells[i] + blanks).append(" ".repeat(gap));
        }
        if (right.test(last) || Columns.of(cells[last]) <= widths[last]) {
            String blanks = " ".repeat(Math.max(0, widths[last] - Columns.of(cells[last])));
            return List.of((line + (right.test(last) ? blanks : "") + cells[last]).stripTrailing());
        }
        List<String> lines = new ArrayList<>();
        for (String part : FittedLines.fitted(cells[last], widths[last], false)) {
            lines.add(((lines.isEmpty() ? line : " ".repeat(line.length())) + part.strip()).stripTrailing());
        }
        return lines;
    }
}
