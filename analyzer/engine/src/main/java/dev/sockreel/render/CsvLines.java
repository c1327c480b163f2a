package dev.sockreel.render;

import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;
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
    private static final int FLUSH_EVERY_LINES = 256;

    private final CSVPrinter csv;
    private final Flushable out;
    private final List<String> columns;
    private long lines;

    /**
     * Begins lines. The header is written with the first of them, or at the first {@link #flush()}: what fails before
     * that has written nothing.
     *
     * @param flush hands on what was written, and throws when that fails: called every few lines and by {@link
     *              #flush()}
     */
    public CsvLines(Writer out, Flushable flush, List<String> columns) throws IOException {
        this.csv = new CSVPrinter(out, CSVFormat.RFC4180);
        this.out = flush;
        this.columns = List.copyOf(columns);
    }

    /** Writes a line; null is an empty cell, and so is each that is missing at the end. */
    public void line(List<? extends @Nullable Object> cells) throws IOException {
        header();
        List<@Nullable Object> harmless = new ArrayList<>(columns.size());
        for (Object cell : cells) {
            harmless.add(cell instanceof CharSequence text ? harmless(text) : cell);
        }
        while (harmless.size() < columns.size()) {
            harmless.add(null);
        }
        csv.printRecord(harmless);
        if (++lines % FLUSH_EVERY_LINES == 0) {
            flush();
        }
    }

    public void line(@Nullable Object... cells) throws IOException {
        line(Arrays.asList(cells));
    }

    private void header() throws IOException {
        if (lines == 0) {
            lines++;
            csv.printRecord(columns);
        }
    }

    private static String harmless(CharSequence text) {
        boolean isFormula = !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        return isFormula ? "'" + text : text.toString();
    }

    /** Returns the number of lines so far, the header among them. */
    public long lines() {
        return lines;
    }

    public void flush() throws IOException {
        header();
        csv.flush();
        out.flush();
    }
}
