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

    /** {@link Socket#UNKNOWN} when it is no number of that base. */
    static long number(List<String> columns, int column, int radix) {
        if (column >= columns.size()) {
            return Socket.UNKNOWN;
        }
        try {
            return Long.parseUnsignedLong(columns.get(column), radix);
        } catch (NumberFormatException e) {
            return Socket.UNKNOWN;
        }
    }

    private Columns() {}
}
