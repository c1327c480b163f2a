package dev.sockreel.wording;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes untrusted text (socket names, comm, interface names) one printable line: a backslash, and each byte that is not
 * part of a printable UTF-8 character, becomes {@code \xnn} in lower case. So every byte can be restored.
 */
public final class PrintableName {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    /** Returns the printable form of bytes that should be UTF-8. */
    public static String of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** Returns the printable form of {@code bytes[from]} to {@code bytes[to - 1]}. */
    public static String of(byte[] bytes, int from, int to) {
        StringBuilder out = new StringBuilder(to - from);
        for (int i = from; i < to;) {
            int b = bytes[i];
            if (b >= 0) {
                if (b >= ' ' && b != 0x7f && b != '\\') {
                    out.append((char) b);
                } else {
                    escape(b, out);
                }
                i++;
            } else {
                i += multibyte(bytes, i, to, out);
            }
        }
        return out.toString();
    }

    /** Returns the printable form of decoded text. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Appends a multibyte character, or escapes.
     *
     * @return the number of bytes consumed
     */
    private static int multibyte(byte[] bytes, int at, int to, StringBuilder out) {
        int lead = bytes[at] & 0xff;
        int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || at + length > to) {
            escape(lead, out);
            return 1;
        }
        CharBuffer chars = CharBuffer.allocate(2);
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        if (utf8.decode(ByteBuffer.wrap(bytes, at, length), chars, true).isError()) {
            escape(lead, out);
            return 1;
        }
        int codePoint = Character.codePointAt(chars.array(), 0, chars.position());
        if (isPrintable(codePoint)) {
            out.appendCodePoint(codePoint);
        } else {
            for (int i = at; i < at + length; i++) {
                escape(bytes[i] & 0xff, out);
            }
        }
        return length;
    }

    /**
     * Returns whether a character is harmless in every output: neither control (C0, DEL and C1) nor format (bidi
     * marks, zero-width, tags) nor line separator nor half of a surrogate pair, and has an assigned meaning. Text,
     * JSON, CSV and HTML escape all others.
     */
    public static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }

    private static void escape(int b, StringBuilder out) {
        out.append("\\x").append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
    }

    private PrintableName() {}
}
