package dev.sockreel.source.log;

import dev.sockreel.source.sink.SourceException;
import dev.sockreel.wording.PrintableName;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * One line of a tab-separated file without quoting; lines that begin with # are comments anywhere. Every error is a
 * {@link SourceException} that names the file and the line.
 *
 * @param number line number, from 1; comments and empty lines count
 */
record TsvLine(Path file, long number, CSVRecord cells) {
    private static final CSVFormat TSV = CSVFormat.DEFAULT
            .builder()
            .setDelimiter('\t')
            .setQuote(null)
            .setCommentMarker('#')
            .setIgnoreEmptyLines(true)
            .get();

    static List<TsvLine> readAll(Path file, Charset charset) throws IOException {
        List<TsvLine> lines = new ArrayList<>();
        try (Reader in = Files.newBufferedReader(file, charset);
                CSVParser parser = TSV.parse(in)) {
            for (CSVRecord cells : parser) {
                lines.add(new TsvLine(file, parser.getCurrentLineNumber(), cells));
            }
            return lines;
        } catch (UncheckedIOException e) { // the parser's iterator wraps exceptions of the file's reader
            if (e.getCause() instanceof CharacterCodingException) {
                throw new SourceException(file + " is not " + charset + " text", e);
            }
            throw e.getCause() == null ? new IOException(e) : e.getCause();
        }
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
