package dev.sockreel.cli.ss.text;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.InetEndpoint;
import dev.sockreel.utf8.Utf8Buffer;
import java.io.IOException;
import java.io.OutputStream;
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

    /** Bytes of aligned lines that are handed on together. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private final OutputStream out;
    private final Check check;
    private final int screenWidth;
    private final boolean[] hidden = new boolean[COLUMNS.length];
    private final int[] longest = new int[COLUMNS.length];
    private final Utf8Buffer text = new Utf8Buffer(CHUNK_BYTES);
    private final Utf8Buffer lines = new Utf8Buffer(2 * CHUNK_BYTES);
    /** Where each cell ends in the text: its last byte, and its last char of all chars. */
    private int[] ends = new int[2 * 1024];
    private int cells;
    private int current;
    private int cellFrom;
    private boolean shown;

    /** @param screenWidth characters of the terminal's line, 0 for none: then a line is as long as it is */
    public Grid(OutputStream out, Check check, int screenWidth, Set<Column> hiddenColumns) {
        this.out = out;
        this.check = check;
        this.screenWidth = screenWidth;
        for (Column column : hiddenColumns) {
            hidden[column.ordinal()] = true;
        }
        shown = !hidden[0];
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
        if (shown) {
            text.put(s);
        }
        return this;
    }

    Grid put(char c) {
        if (shown) {
            text.put(c);
        }
        return this;
    }

    Grid put(long number) {
        if (shown) {
            text.put(number);
        }
        return this;
    }

    Grid putUnsigned(long number) {
        if (shown) {
            text.putUnsigned(number);
        }
        return this;
    }

    Grid putHex(long number) {
        if (shown) {
            text.putHex(number);
        }
        return this;
    }

    /** An address without its port. */
    Grid putHost(InetEndpoint address) {
        if (shown) {
            AddressText.putHost(address, text);
        }
        return this;
    }

    /** A part of a text. */
    Grid put(String s, int from, int to) {
        if (shown) {
            text.put(s, from, to);
        }
        return this;
    }

    /** Blanks up to this width of the current cell. */
    void pad(int width) {
        int blanks = width - (text.chars() - cellFrom);
        if (shown && blanks > 0) {
            text.repeat(' ', blanks);
        }
    }

    private void endCell() {
        if (shown) {
            if (2 * cells == ends.length) {
                ends = Arrays.copyOf(ends, cells * 4);
            }
            int chars = text.chars();
            ends[2 * cells] = text.length();
            ends[2 * cells + 1] = chars;
            cells++;
            longest[current] = Math.max(longest[current], chars - cellFrom);
            cellFrom = chars;
        }
        current++;
        shown = current < COLUMNS.length && !hidden[current];
    }

    public void endRow() throws IOException {
        while (current < COLUMNS.length) {
            endCell();
        }
        current = 0;
        shown = !hidden[0];
        if (text.chars() >= BATCH_CHARS) {
            print();
        }
    }

    /** Hands on the rows gathered so far. */
    public void print() throws IOException {
        int[] widths = widths();
        int cell = 0;
        int from = 0;
        int charsBefore = 0;
        while (cell < cells) {
            int line = lines.length();
            for (int c = 0; c < COLUMNS.length; c++) {
                if (!hidden[c]) {
                    int to = ends[2 * cell];
                    int chars = ends[2 * cell + 1];
                    boolean first = lines.length() == line;
                    cell(COLUMNS[c], first, widths[c] - (chars - charsBefore), from, to);
                    from = to;
                    charsBefore = chars;
                    cell++;
                }
            }
            lines.stripBlanks(line);
            lines.put('\n');
            if (lines.length() >= CHUNK_BYTES) {
                lines.drainTo(out);
            }
        }
        lines.drainTo(out);
        text.clear();
        cells = 0;
        cellFrom = 0;
        check.check();
    }

    /** @param room what the column's width leaves beside the cell's own text */
    private void cell(Column column, boolean first, int room, int from, int to) {
        int blanks = room;
        if (!first) {
            lines.put(column.delimiter);
            blanks -= column.delimiter.length();
        }
        if (column.toTheRight && blanks > 0) {
            lines.repeat(' ', blanks);
        }
        lines.put(text, from, to);
        if (!column.toTheRight && blanks > 0) {
            lines.repeat(' ', blanks);
        }
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
