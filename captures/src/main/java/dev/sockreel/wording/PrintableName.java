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
        if (isPlain(bytes, from, to)) {
            return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        }
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
        return isPlain(text) ? text : of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < ' ' || bytes[i] == 0x7f || bytes[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a text is of printable ASCII without a backslash, as most names are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns a sentence as one printable line. Names in it may be printable already, so a backslash is kept.
     */
    public static String inSentence(String sentence) {
        if (sentence.codePoints().allMatch(PrintableName::isPrintable)) {
            return sentence;
        }
        StringBuilder out = new StringBuilder(sentence.length());
        sentence.codePoints().forEach(c -> out.append(c == '\\' ? "\\" : of(Character.toString(c))));
        return out.toString();
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
     * marks, zero-width, tags) nor line separator nor half of a surrogate pair nor a letter or mark that shows nothing
     * ({@link #isInvisible}), and has an assigned meaning. Text, JSON, CSV and HTML escape all others.
     */
    public static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                false;
            default -> !isInvisible(codePoint);
        };
    }

    /**
     * Returns whether a letter or mark is not shown, so that two different names look alike: those with the property
     * Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties.txt) that are no format characters, and the blank
     * Braille pattern.
     */
    private static boolean isInvisible(int c) {
        return c == 0x034f // combining grapheme joiner
                || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 // Hangul fillers
                || c == 0x17b4 || c == 0x17b5 // Khmer inherent vowels
                || (c >= 0x180b && c <= 0x180f) || (c >= 0xfe00 && c <= 0xfe0f) // variation selectors
                || (c >= 0xe0000 && c <= 0xe0fff) // tags and more variation selectors
                || c == 0x2800; // Braille pattern blank
    }

    private static void escape(int b, StringBuilder out) {
        out.append("\\x").append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
    }

    private PrintableName() {}
}
