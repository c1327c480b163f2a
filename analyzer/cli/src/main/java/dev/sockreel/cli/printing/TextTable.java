package dev.sockreel.cli.printing;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Prints aligned columns without borders. */
public final class TextTable {
    /** Column width limit; names are never cut. */
    private static final int NO_LIMIT = Integer.MAX_VALUE / 4;

    /**
     * Prints a table.
     *
     * @param headers null for none
     * @param rows    cells, printed without escaping
     * @param right   true for columns to align to the right, by index
     */
    public static void print(@Nullable List<String> headers, List<String[]> rows, IntPredicate right, PrintWriter out) {
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
