package dev.sockreel.render;

import dev.sockreel.utf8.Utf8Buffer;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cells of CSV as UTF-8, laid out as {@link CsvLines} lays them out: for sockets by the hundred thousand. A cell is a
 * number, nothing, or text, which is gathered in {@link #text()} and then ended.
 */
final class CsvBytes {
    private static final int FLUSH_BYTES = 64 * 1024;

    private final OutputStream out;
    private final Utf8Buffer lines = new Utf8Buffer(2 * FLUSH_BYTES);
    private final Utf8Buffer text = new Utf8Buffer(4096);
    private boolean isFirst = true;

    CsvBytes(OutputStream out) {
        this.out = out;
    }

    /** Writes an empty cell for what is not known. */
    void nothing() {
        separate();
    }

    void number(long value) {
        separate();
        lines.put(value);
    }

    /** Writes the digits of a number of 64 bits without a sign. */
    void unsigned(long value) {
        separate();
        lines.putUnsigned(value);
    }

    void text(@Nullable String value) {
        if (value == null) {
            nothing();
        } else {
            text().put(value);
            endText();
        }
    }

    /** Returns what the next cell's text is put into; {@link #endText()} writes it. */
    Utf8Buffer text() {
        text.clear();
        return text;
    }

    /** Writes the text: with a quote before what a spreadsheet would run, and in double quotes where CSV needs them. */
    void endText() {
        boolean wasFirst = isFirst;
        separate();
        byte[] bytes = text.array();
        int length = text.length();
        boolean isFormula = length > 0 && isFormula(bytes[0]);
        boolean isQuoted = isFormula ? hasSpecial(bytes, length) : isQuoted(bytes, length, wasFirst);
        lines.put(isQuoted ? "\"" : "").put(isFormula ? "'" : "");
        if (isQuoted) {
            lines.putDoubling('"', text).put('"');
        } else {
            lines.write(bytes, 0, length);
        }
    }

    private void separate() {
        if (!isFirst) {
            lines.put(',');
        }
        isFirst = false;
    }

    private static boolean isFormula(byte first) {
        return switch (first) {
            case '=', '+', '-', '@', '\t', '\r' -> true;
            default -> false;
        };
    }

    /** Returns whether readers need quotes: commons-csv also gives them to text that begins with {@code #} or less. */
    private static boolean isQuoted(byte[] bytes, int length, boolean isFirst) {
        return length == 0 ? isFirst : (bytes[0] >= 0 && bytes[0] <= '#') || hasSpecial(bytes, length);
    }

    /** Returns whether there is a separator, a quote or an end of line, or a blank at the end. */
    private static boolean hasSpecial(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (b == ',' || b == '"' || b == '\n' || b == '\r') {
                return true;
            }
        }
        return bytes[length - 1] >= 0 && bytes[length - 1] <= ' ';
    }

    void endLine() throws IOException {
        lines.put("\r\n");
        isFirst = true;
        if (lines.length() >= FLUSH_BYTES) {
            flush();
        }
    }

    /** Hands on what was written; the stream is not flushed. */
    void flush() throws IOException {
        lines.drainTo(out);
    }
}
