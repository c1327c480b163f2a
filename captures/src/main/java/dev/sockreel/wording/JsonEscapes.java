package dev.sockreel.wording;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HexFormat;

/**
 * Escapes in finished JSON each character from DEL on that is not {@link PrintableName#isPrintable printable}: a
 * backslash, {@code u} and four hex digits, twice for a surrogate pair. Outside of strings JSON is plain ASCII, so only
 * strings change, and a parser returns them as they were. Control characters below 0x20 are left to the JSON generator,
 * as it also writes line feeds between values.
 */
public final class JsonEscapes extends FilterWriter {
    private static final int DEL = 0x7f;
    private static final HexFormat HEX = HexFormat.of();

    /** The first half of a surrogate pair whose second half is yet to be written; 0 for none. */
    private char pending;

    public JsonEscapes(Writer out) {
        super(out);
    }

    /** Returns the JSON with its unprintable characters escaped. */
    public static String in(String json) {
        StringWriter text = new StringWriter(json.length());
        try (Writer escapes = new JsonEscapes(text)) {
            escapes.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public void write(int c) throws IOException {
        write(new char[] {(char) c}, 0, 1);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        write(text.substring(from, from + length).toCharArray(), 0, length);
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
        int end = from + length;
        int written = from;
        for (int i = from; i < end; i++) {
            char c = chars[i];
            if (c < DEL && pending == 0) {
                continue;
            }
            out.write(chars, written, i - written);
            written = i + 1;
            writeChecked(c);
        }
        out.write(chars, written, end - written);
    }

    private void writeChecked(char c) throws IOException {
        char high = pending;
        pending = 0;
        if (high != 0 && Character.isLowSurrogate(c)) {
            writePair(high, c);
            return;
        }
        if (high != 0) {
            escape(high);
        }
        if (Character.isHighSurrogate(c)) {
            pending = c;
        } else if (c < DEL || PrintableName.isPrintable(c)) {
            out.write(c);
        } else {
            escape(c);
        }
    }

    private void writePair(char high, char low) throws IOException {
        if (PrintableName.isPrintable(Character.toCodePoint(high, low))) {
            out.write(high);
            out.write(low);
        } else {
            escape(high);
            escape(low);
        }
    }

    private void escape(char c) throws IOException {
        out.write("\\u");
        out.write(HEX.toHexDigits(c));
    }

    @Override
    public void close() throws IOException {
        if (pending != 0) {
            escape(pending);
            pending = 0;
        }
        super.close();
    }
}
