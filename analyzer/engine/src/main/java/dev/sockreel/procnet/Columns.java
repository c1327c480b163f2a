package dev.sockreel.procnet;

import dev.sockreel.sockdiag.Socket;
import java.util.List;
import java.util.regex.Pattern;

/** A line's columns. */
final class Columns {
    private static final Pattern BLANKS = Pattern.compile(" +");

    static List<String> of(String line) {
        return List.of(BLANKS.split(line.strip()));
    }

    /** {@link Socket#UNKNOWN} when it is no number of that base from 0 to 2^63 - 1. */
    static long number(List<String> columns, int column, int radix) {
        return column < columns.size() ? number(columns.get(column), radix) : Socket.UNKNOWN;
    }

    static long number(String text, int radix) {
        try {
            return Math.max(Socket.UNKNOWN, Long.parseLong(text, radix));
        } catch (NumberFormatException e) {
            return Socket.UNKNOWN;
        }
    }

    private Columns() {}
}
