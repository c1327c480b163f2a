package dev.sockreel.render;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180) as all of sockreel writes it. A spreadsheet runs a cell that begins like a formula, and names of
 * sockets and processes are a stranger's: a quote before such a text makes it text again. Numbers stay numbers.
 */
public final class CsvLines {
    private static final String BEGINS_A_FORMULA = "=+-@\t\r";

    private final CSVPrinter csv;

    public CsvLines(Appendable out) throws IOException {
        csv = new CSVPrinter(out, CSVFormat.RFC4180);
    }

    /** Null is an empty cell. */
    public void line(List<? extends @Nullable Object> cells) throws IOException {
        List<@Nullable Object> harmless = new ArrayList<>(cells.size());
        for (Object cell : cells) {
            harmless.add(cell instanceof CharSequence text ? harmless(text) : cell);
        }
        csv.printRecord(harmless);
    }

    public void line(@Nullable Object... cells) throws IOException {
        line(Arrays.asList(cells));
    }

    private static String harmless(CharSequence text) {
        boolean isFormula = !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        return isFormula ? "'" + text : text.toString();
    }

    public void flush() throws IOException {
        csv.flush();
    }
}
