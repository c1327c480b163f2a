package dev.sockreel.cli.printing;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.sockreel.render.NameForEyes;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Prints aligned columns without borders. */
public final class TextTable {
    /** Width limit of the library; cells are cut before. */
    private static final int NO_LIMIT = Integer.MAX_VALUE / 4;
    /** Width below which no column of names is cut. */
    private static final int MIN_NAME_COLUMNS = 20;
    /** Blanks between two columns. */
    private static final int GAP_COLUMNS = 2;

    /** Prints a table whose lines may be of any length. */
    public static void print(@Nullable List<String> headers, List<String[]> rows, IntPredicate right, PrintWriter out) {
        write(headers, rows, right, out);
    }

    /**
     * Prints a table whose lines fit a terminal, if there is one: names lose their middle.
     *
     * @param names true for columns that may be cut, by index
     */
    public static void print(
            @Nullable List<String> headers, List<String[]> rows, IntPredicate right, IntPredicate names,
            PrintWriter out) {
        write(headers, fitted(headers, rows, names, Terminal.columns()), right, out);
    }

    /**
     * Returns the rows with names cut so that a line fits.
     *
     * @param terminalColumns 0: no limit
     */
    static List<String[]> fitted(
            @Nullable List<String> headers, List<String[]> rows, IntPredicate names, int terminalColumns) {
        if (rows.isEmpty() || terminalColumns == 0) {
            return rows;
        }
        int[] widths = new int[rows.getFirst().length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headers == null ? 0 : headers.get(i).length();
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        int cap = cap(widths, names, terminalColumns);
        return rows.stream().map(row -> {
            String[] cut = row.clone();
            for (int i = 0; i < cut.length; i++) {
                cut[i] = names.test(i) ? NameForEyes.fit(cut[i], cap) : cut[i];
            }
            return cut;
        }).toList();
    }

    /** Returns the largest width of a name with which all columns fit. */
    private static int cap(int[] widths, IntPredicate names, int terminalColumns) {
        int cap = MIN_NAME_COLUMNS;
        while (cap < terminalColumns && width(widths, names, cap + 1) <= terminalColumns) {
            cap++;
        }
        return cap;
    }

    private static int width(int[] widths, IntPredicate names, int cap) {
        int width = GAP_COLUMNS * (widths.length - 1);
        for (int i = 0; i < widths.length; i++) {
            width += names.test(i) ? Math.min(widths[i], cap) : widths[i];
        }
        return width;
    }

    /**
     * Prints a table.
     *
     * @param headers null for none
     * @param rows    cells, printed without escaping
     * @param right   true for columns to align to the right, by index
     */
    private static void write(@Nullable List<String> headers, List<String[]> rows, IntPredicate right,
            PrintWriter out) {
        int columns = headers != null ? headers.size() : rows.isEmpty() ? 0 : rows.getFirst().length;
        Column[] shape = new Column[columns];
        for (int i = 0; i < columns; i++) {
            HorizontalAlign align = right.test(i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
            shape[i] = new Column()
                    .header(headers == null ? null : headers.get(i))
                    .headerAlign(align)
                    .dataAlign(align)
                    .maxWidth(NO_LIMIT);
        }
        String table = AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(shape, rows.toArray(String[][]::new))
                .asString();
        table.lines().map(TextTable::tidy).forEach(out::println);
    }

    /** Removes the padding outside the first and last column. */
    private static String tidy(String line) {
        String right = line.stripTrailing();
        return right.startsWith(" ") ? right.substring(1) : right;
    }

    private TextTable() {}
}
