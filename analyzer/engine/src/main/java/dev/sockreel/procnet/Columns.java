package dev.sockreel.procnet;

import dev.sockreel.sockdiag.Socket;
import java.util.List;
import java.util.regex.Pattern;

/** The columns of a line. A number that is none, or above 2^63, is {@link Socket#UNKNOWN}. */
final class Columns {
    private static final Pattern BLANKS = Pattern.compile(" +");

    static List<String> of(String line) {
        return List.of(BLANKS.split(line.strip()));
    }

    static long number(List<String> columns, int column, int radix) {
        return column < columns.size() ? number(columns.get(column), radix) : Socket.UNKNOWN;
    }

    /** Returns the first number of {@code HEX:HEX}. */
    static long beforeColon(String column) {
        int colon = column.indexOf(':');
        return colon < 0 ? Socket.UNKNOWN : number(column.substring(0, colon), 16);
    }

    /** Returns the second number of {@code HEX:HEX}. */
    static long afterColon(String column) {
        int colon = column.indexOf(':');
        return colon < 0 ? Socket.UNKNOWN : number(column.substring(colon + 1), 16);
    }

    private static long number(String digits, int radix) {
        if (digits.isEmpty() || !Character.isLetterOrDigit(digits.charAt(0))) {
            return Socket.UNKNOWN; // a sign is no digit
        }
        try {
            return Math.max(Socket.UNKNOWN, Long.parseLong(digits, radix));
        } catch (NumberFormatException e) {
            return Socket.UNKNOWN;
        }
    }

    private Columns() {}
}
