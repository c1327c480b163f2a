package dev.sockreel.wording;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;

/**
 * The columns that text takes on a terminal: two for a wide character (CJK, emoji), none for a mark that combines with
 * the character before it, one for any other.
 */
public final class Columns {
    private static final String CUT = "…";
    private static final int FIRST_WIDE = 0x1100;

    /** Returns the columns of printable text. */
    public static int of(String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return columns + text.substring(i).codePoints().map(Columns::of).sum();
            }
            columns++;
        }
        return columns;
    }

    /** Returns the columns of a character. */
    public static int of(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> codePoint >= FIRST_WIDE && isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        UnicodeBlock block = UnicodeBlock.of(c);
        if (block == UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS) {
            return c <= 0xff60 || (c >= 0xffe0 && c <= 0xffe6);
        }
        if (block == UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION || Character.isEmojiPresentation(c)) {
            return true;
        }
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI, TANGUT, NUSHU, KHITAN_SMALL_SCRIPT -> true;
            default -> false;
        };
    }

    /** Returns the text without its middle where it is wider; names differ at both ends. */
    public static String fit(String text, int max) {
        return of(text) <= max ? text : fit(text, max, (max - 1) / 2);
    }

    /** Returns a name without most of its begin where it is wider: files, ports and pids stand at the end. */
    public static String fitName(String name, int max) {
        return of(name) <= max ? name : fit(name, max, max * 2 / 3);
    }

    private static String fit(String text, int max, int tail) {
        int to = end(text, max - 1 - tail);
        int from = start(text, tail);
        return to >= from ? text : text.substring(0, to) + CUT + text.substring(from);
    }

    /** Returns the text without its end where it is wider. */
    public static String head(String text, int max) {
        return of(text) <= max ? text : text.substring(0, end(text, max - 1)) + CUT;
    }

    /** Returns the offset after as much of the begin as fits. */
    private static int end(String text, int columns) {
        int left = columns;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            left -= of(c);
            if (left < 0) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** Returns the offset of as much of the end as fits, which begins with no combining mark. */
    private static int start(String text, int columns) {
        int left = columns;
        int start = text.length();
        int at = start;
        while (at > 0) {
            int c = text.codePointBefore(at);
            left -= of(c);
            if (left < 0) {
                return start;
            }
            at -= Character.charCount(c);
            start = of(c) == 0 ? start : at;
        }
        return start;
    }

    private Columns() {}
}
