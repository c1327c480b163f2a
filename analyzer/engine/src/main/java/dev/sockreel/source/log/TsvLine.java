package dev.sockreel.source.log;

import dev.sockreel.source.sink.SourceException;
import dev.sockreel.wording.PrintableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a tab-separated file. Every error is a {@link SourceException} that names the file and the line.
 *
 * @param number line number, from 1; comments and empty lines count
 */
record TsvLine(Path file, long number, List<String> cells) {
    /** More columns than any such file has; what follows is not looked at. */
    private static final int MAX_COLUMNS = 16;

    static TsvLine of(Path file, long number, String text) {
        List<String> cells = new ArrayList<>();
        int from = 0;
        while (from >= 0 && cells.size() < MAX_COLUMNS) {
            int tab = text.indexOf('\t', from);
            cells.add(tab < 0 ? text.substring(from) : text.substring(from, tab));
            from = tab < 0 ? -1 : tab + 1;
        }
        return new TsvLine(file, number, cells);
    }

    /** Requires at least that many columns. */
    void needs(int columns) throws SourceException {
        if (cells.size() < columns) {
            throw wrong("it has %d columns, but needs at least %d".formatted(cells.size(), columns));
        }
    }

    boolean has(int column) {
        return column < cells.size() && !cells.get(column).isBlank();
    }

    String text(int column) throws SourceException {
        needs(column + 1);
        return cells.get(column);
    }

    /** Returns a number: decimal, or hexadecimal after 0x; from 0 to {@code max}. */
    long number(int column, long max) throws SourceException {
        String text = text(column).strip();
        boolean hex = text.startsWith("0x");
        try {
            long value = hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
            if (value < 0 || value > max) {
                throw wrong("column %d: %s is not from 0 to %d".formatted(column + 1, text, max));
            }
            return value;
        } catch (NumberFormatException e) {
            SourceException wrong =
                    wrong("column %d: \"%s\" is not a number".formatted(column + 1, PrintableName.of(text)));
            wrong.initCause(e);
            throw wrong;
        }
    }

    SourceException wrong(String what) {
        return new SourceException("%s, line %d: %s".formatted(file, number, what));
    }
}
