package dev.sockreel.cli.ss.text;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Set;

/**
 * Cells one after another, aligned as ss aligns them: rows are gathered, and each column is as wide as its widest cell
 * so far. A row may go on over several lines, in its last cell.
 */
@SuppressWarnings("EnumOrdinal") // columns are few and met for every cell
public final class Grid {
    /** Called after each batch of rows; an exception ends the printing. */
    public interface Check {
        void check() throws IOException;
    }

    /** Characters that are aligned together; the widths of later rows may grow. */
    private static final int BATCH_CHARS = 5 << 20;

    private static final Column[] COLUMNS = Column.values();

    private final PrintWriter out;
    private final Check check;
    private final int screenWidth;
    private final boolean[] hidden = new boolean[COLUMNS.length];
    private final int[] longest = new int[COLUMNS.length];
    private final StringBuilder text = new StringBuilder();
    private int[] ends = new int[1024];
    private int cells;
    private int current;
    private int cellFrom;

    /** @param screenWidth characters of the terminal's line, 0 for none: then a line is as long as it is */
    public Grid(PrintWriter out, Check check, int screenWidth, Set<Column> hiddenColumns) {
        this.out = out;
        this.check = check;
        this.screenWidth = screenWidth;
        for (Column column : hiddenColumns) {
            hidden[column.ordinal()] = true;
        }
    }

    /** The row of headings. */
    public void headings() throws IOException {
        for (Column column : COLUMNS) {
            to(column).put(column.heading);
        }
        endRow();
    }

    /** Goes on to a column of this row that was not passed yet. */
    Grid to(Column column) {
        while (current < column.ordinal()) {
            endCell();
        }
        return this;
    }

    Grid put(String s) {
        if (!hidden[current]) {
            text.append(s);
        }
        return this;
    }

    Grid put(char c) {
        if (!hidden[current]) {
            text.append(c);
        }
        return this;
    }

    Grid put(long number) {
        if (!hidden[current]) {
            text.append(number);
        }
        return this;
    }

    /** A part of a text. */
    Grid put(String s, int from, int to) {
        if (!hidden[current]) {
            text.append(s, from, to);
        }
        return this;
    }

    /** Blanks up to this width of the current cell. */
    void pad(int width) {
        while (!hidden[current] && text.length() - cellFrom < width) {
            text.append(' ');
        }
    }

    private void endCell() {
        if (!hidden[current]) {
            if (cells == ends.length) {
                ends = Arrays.copyOf(ends, cells * 2);
            }
            ends[cells++] = text.length();
            longest[current] = Math.max(longest[current], text.length() - cellFrom);
            cellFrom = text.length();
        }
        current++;
    }

    public void endRow() throws IOException {
        while (current < COLUMNS.length) {
            endCell();
        }
        current = 0;
        if (text.length() >= BATCH_CHARS) {
            print();
        }
    }

    /** Hands on the rows gathered so far. */
    public void print() throws IOException {
        int[] widths = widths();
        StringBuilder line = new StringBuilder(256);
        int cell = 0;
        int from = 0;
        while (cell < cells) {
            line.setLength(0);
            for (int c = 0; c < COLUMNS.length; c++) {
                if (!hidden[c]) {
                    int to = ends[cell++];
                    cell(line, COLUMNS[c], widths[c], from, to);
                    from = to;
                }
            }
            println(line);
        }
        text.setLength(0);
        cells = 0;
        cellFrom = 0;
        check.check();
    }

    private void cell(StringBuilder line, Column column, int width, int from, int to) {
        int begin = line.length();
        line.append(begin > 0 ? column.delimiter : "");
        int blanks = width - (line.length() - begin) - (to - from);
        if (column.toTheRight) {
            line.repeat(' ', Math.max(0, blanks));
        }
        line.append(text, from, to);
        if (!column.toTheRight) {
            line.repeat(' ', Math.max(0, blanks));
        }
    }

    /** Without the blanks at its end. */
    private void println(StringBuilder line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            end--;
        }
        out.append(line, 0, end);
        out.append('\n');
    }

    private int[] widths() {
        int[] widths = new int[COLUMNS.length];
        boolean first = true;
        for (int c = 0; c < widths.length; c++) {
            if (longest[c] > 0 && !hidden[c]) {
                int wanted = longest[c] + (first ? 0 : COLUMNS[c].delimiter.length());
                widths[c] = screenWidth > 0 ? Math.min(wanted, screenWidth) : wanted;
                first = false;
            }
        }
        if (screenWidth > 0) {
            spread(widths);
        }
        return widths;
    }

    /** Columns fill lines of the screen as long as they fit; what is left of a line goes to its columns. */
    private void spread(int[] widths) {
        int first = 0;
        int used = 0;
        for (int c = 0; c < widths.length; c++) {
            if (used + widths[c] > screenWidth) {
                share(widths, first, c, screenWidth - used);
                first = c;
                used = 0;
            }
            used += widths[c];
        }
        share(widths, first, widths.length, screenWidth - used);
    }

    /** Shares blanks among the columns {@code [first, end)} that are there; the last ones get one more. */
    private static void share(int[] widths, int first, int end, int blanks) {
        int there = (int) Arrays.stream(widths, first, end).filter(w -> w > 0).count();
        int rest = there == 0 ? 0 : blanks % there;
        for (int c = end - 1; c >= first; c--) {
            if (widths[c] > 0) {
                widths[c] += blanks / there + (rest-- > 0 ? 1 : 0);
            }
        }
    }
}
