package dev.sockreel.cli.printing;

import dev.sockreel.wording.Columns;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fits lines to a terminal, so that no line of any command is wider: a line that is too long first loses the middle of
 * its longest words (paths, names), and is then broken at spaces. Whoever prints tables or prose has fitted them
 * before, since it knows better how. What is written without a line end before a flush stays as it is.
 */
final class FittedLines extends Writer {
    /** Columns of a word that it keeps as long as the line can be broken instead. */
    private static final int MIN_WORD = 24;
    private static final int HANGING = 4;
    /** Columns in which no text can be set. */
    private static final int MIN_COLUMNS = 20;

    private final Writer out;
    private final IntSupplier columns;
    private final boolean cutsNames;
    private final StringBuilder line = new StringBuilder();
    private boolean begun;

    /**
     * Creates a writer.
     *
     * @param columns   asked once a line, when there is one
     * @param cutsNames whether words are cut so that the line stays one; else only if they are wider than a line
     */
    FittedLines(Writer out, IntSupplier columns, boolean cutsNames) {
        this.out = out;
        this.columns = columns;
        this.cutsNames = cutsNames;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (text[i] == '\n') {
                end();
            } else {
                line.append(text[i]);
            }
        }
    }

    private void end() throws IOException {
        String text = line.toString();
        line.setLength(0);
        if (begun || text.indexOf('\r') >= 0 || text.startsWith("\t")) { // a ticker, or a stack trace
            out.write(text + "\n");
        } else {
            for (String part : fitted(text, columns.getAsInt(), cutsNames)) {
                out.write(part + "\n");
            }
        }
        begun = false;
    }

    @Override
    public void flush() throws IOException {
        if (!line.isEmpty()) {
            begun = true;
            out.write(line.toString());
            line.setLength(0);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }

    /** Returns the line, or several that fit. */
    static List<String> fitted(String line, int columns, boolean cutsNames) {
        if (columns < MIN_COLUMNS || width(line) <= columns) {
            return List.of(line);
        }
        String text = line.stripTrailing();
        int indent = text.length() - text.stripLeading().length();
        String[] words = text.substring(indent).split(" ", -1);
        String cut = cutsNames ? inOneLine(words, columns - indent) : null;
        return cut == null ? broken(words, indent, columns) : List.of(" ".repeat(indent) + cut);
    }

    /** Returns the words with the longest ones cut so that all fit, null where too little would be left of them. */
    private static @Nullable String inOneLine(String[] words, int columns) {
        int low = MIN_WORD;
        if (width(words, low) > columns) {
            return null;
        }
        while (width(words, low + 1) <= columns) {
            low++;
        }
        List<String> cut = new ArrayList<>();
        for (String word : words) {
            cut.add(fit(word, low));
        }
        return String.join(" ", cut);
    }

    private static int width(String[] words, int max) {
        int width = words.length - 1;
        for (String word : words) {
            width += Math.min(width(word), max);
        }
        return width;
    }

    private static List<String> broken(String[] words, int indent, int columns) {
        List<String> lines = new ArrayList<>();
        int hanging = Math.min(indent + HANGING, columns / 2);
        StringBuilder now = new StringBuilder(" ".repeat(Math.min(indent, columns / 2)));
        int used = now.length();
        boolean empty = true;
        for (String word : words) {
            if (!empty && used + 1 + width(word) > columns) {
                lines.add(now.toString().stripTrailing());
                now = new StringBuilder(" ".repeat(hanging));
                used = hanging;
                empty = true;
            }
            if (empty && word.isEmpty() && !lines.isEmpty()) {
                continue; // blanks between two columns of the line
            }
            String fits = fit(word, columns - used - (empty ? 0 : 1));
            now.append(empty ? "" : " ").append(fits);
            used += (empty ? 0 : 1) + width(fits);
            empty = false;
        }
        lines.add(now.toString().stripTrailing());
        return lines;
    }

    /** Returns the word with its middle cut, with what stands around it: a colour is no part of its width. */
    private static String fit(String word, int max) {
        return width(word) <= max || word.indexOf(Terminal.ESCAPE) >= 0 ? word : Columns.fit(word, max);
    }

    private static int width(String text) {
        return Columns.of(text.indexOf(Terminal.ESCAPE) < 0 ? text : Terminal.withoutColours(text));
    }
}
