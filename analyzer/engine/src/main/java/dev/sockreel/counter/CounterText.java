package dev.sockreel.counter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Walks the texts of counters byte by byte, since every snapshot has some; lines and words that do not fit are left
 * out. ASCII only: any other byte fits nothing.
 */
final class CounterText {
    /** The number of counters that is kept; netstat has about 150, snmp6 up to 200. */
    static final int MAX_COUNTERS = 4096;
    /**
     * The length of a text that cannot hold so many: a counter takes four bytes at least, {@code " a"} and {@code "
     * 0"}.
     */
    static final int MAX_BYTES_OF_FEWER = 4 * MAX_COUNTERS;

    private static final int MAX_GROUP = 32;
    private static final int MAX_NAME = 64;
    private static final int MAX_DIGITS = 19;
    private static final int HEX_DIGITS = 8;
    private static final byte[][] SNMP6_GROUPS = {
        "Ip6".getBytes(StandardCharsets.US_ASCII), "Icmp6".getBytes(StandardCharsets.US_ASCII),
        "UdpLite6".getBytes(StandardCharsets.US_ASCII), "Udp6".getBytes(StandardCharsets.US_ASCII),
    };

    /** Takes one counter after another. */
    interface Sink {
        /** Returns whether it may take a counter whose name is so long; others are not looked at. */
        default boolean takesNameOf(int bytes) {
            return true;
        }

        /**
         * Takes a counter, whose group and name are parts of the text.
         *
         * @return whether to go on
         */
        boolean take(byte[] text, int group, int groupEnd, int name, int nameEnd, long value);
    }

    /**
     * Visits {@code TcpExt.ListenDrops → 7} of netstat and snmp: a line of names and a line of values of each group.
     */
    static void pairs(byte[] text, Sink sink) {
        int names = -1;
        int namesEnd = -1;
        for (int at = 0; at <= text.length;) {
            int end = lineEnd(text, at);
            int groupEnd = wordEnd(text, at, end) - 1;
            if (!isGroup(text, at, groupEnd, end)) {
                names = -1;
            } else if (names >= 0 && beginAlike(text, names, namesEnd, at, groupEnd + 1)) {
                if (!values(text, names, namesEnd, at, end, groupEnd, sink)) {
                    return;
                }
                names = -1;
            } else {
                names = at;
                namesEnd = end;
            }
            at = end + 1;
        }
    }

    /** Walks the words of two lines side by side. */
    private static boolean values(
            byte[] text, int names, int namesEnd, int values, int valuesEnd, int groupEnd, Sink sink) {
        int name = groupEnd + 1 - values + names;
        int value = groupEnd + 1;
        for (int i = 1; i < MAX_COUNTERS && name < namesEnd && value < valuesEnd; i++) {
            boolean last = i == MAX_COUNTERS - 1; // takes the rest of its line, as no text has so many
            int nameEnd = last ? namesEnd : wordEnd(text, name + 1, namesEnd);
            int valueEnd = last ? valuesEnd : wordEnd(text, value + 1, valuesEnd);
            boolean wanted = sink.takesNameOf(nameEnd - name - 1) && isName(text, name + 1, nameEnd);
            long number = wanted ? number(text, value + 1, valueEnd) : -1;
            if (number >= 0 && !sink.take(text, values, groupEnd, name + 1, nameEnd, number)) {
                return false;
            }
            name = nameEnd;
            value = valueEnd;
        }
        return true;
    }

    /** Visits {@code Udp6.RcvbufErrors → 7} of snmp6: a name and a value a line. */
    static void lines(byte[] text, Sink sink) {
        for (int at = 0; at <= text.length;) {
            int end = lineEnd(text, at);
            int nameEnd = spaceAt(text, at, end);
            int groupEnd = snmp6GroupEnd(text, at, nameEnd);
            if (groupEnd > at && nameEnd < end && sink.takesNameOf(nameEnd - groupEnd)
                    && isName(text, groupEnd, nameEnd)) {
                int value = nameEnd;
                while (value < end && isSpace(text[value])) {
                    value++;
                }
                long number = number(text, value, spaceAt(text, value, end));
                if (number >= 0 && !sink.take(text, at, groupEnd, groupEnd, nameEnd, number)) {
                    return;
                }
            }
            at = end + 1;
        }
    }

    /** Adds the counters of {@link #pairs} by their names. */
    static void addPairs(byte[] text, Map<String, Long> into) {
        pairs(text, adding(into));
    }

    /** Adds the counters of {@link #lines} by their names. */
    static void addLines(byte[] text, Map<String, Long> into) {
        lines(text, adding(into));
    }

    private static Sink adding(Map<String, Long> into) {
        return (text, group, groupEnd, name, nameEnd, value) -> {
            boolean hasRoom = into.size() < MAX_COUNTERS;
            if (hasRoom) {
                into.putIfAbsent(ascii(text, group, groupEnd) + "." + ascii(text, name, nameEnd), value);
            }
            return hasRoom;
        };
    }

    private static String ascii(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.US_ASCII);
    }

    /** Returns the first columns of softnet_stat as the kernel's numbers of 32 bits, a row for each processor. */
    static List<long[]> softnet(byte[] text, int columns) {
        List<long[]> rows = new ArrayList<>();
        for (int at = 0; at <= text.length && rows.size() < MAX_COUNTERS;) {
            int end = lineEnd(text, at);
            long[] row = new long[columns];
            int word = at;
            boolean valid = true;
            for (int i = 0; valid && i < columns; i++) {
                int wordEnd = word > end ? word : wordEnd(text, word, end);
                valid = wordEnd - word == HEX_DIGITS && addHex(text, word, row, i);
                word = wordEnd + 1;
            }
            if (valid) {
                rows.add(row);
            }
            at = end + 1;
        }
        return rows;
    }

    private static boolean addHex(byte[] text, int at, long[] row, int column) {
        for (int i = at; i < at + HEX_DIGITS; i++) {
            byte b = text[i];
            int digit = b >= '0' && b <= '9' ? b - '0' : b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
            if (digit < 0) {
                return false;
            }
            row[column] = row[column] << 4 | digit;
        }
        return true;
    }

    private static int lineEnd(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int wordEnd(byte[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] != ' ') {
            at++;
        }
        return at;
    }

    private static int spaceAt(byte[] text, int from, int end) {
        int at = from;
        while (at < end && !isSpace(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** Returns whether a word of letters and digits ends in a colon, which stands at {@code colon}. */
    private static boolean isGroup(byte[] text, int from, int colon, int end) {
        if (colon <= from || colon - from > MAX_GROUP || colon >= end || text[colon] != ':') {
            return false;
        }
        for (int i = from; i < colon; i++) {
            if (!isLetterOrDigit(text[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the first word of a line is the word that ends at {@code end}. */
    private static boolean beginAlike(byte[] text, int line, int lineEnd, int word, int end) {
        int length = end - word;
        if (lineEnd - line < length || (lineEnd - line > length && text[line + length] != ' ')) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[line + i] != text[word + i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(byte[] text, int from, int to) {
        if (to <= from || to - from > MAX_NAME) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isLetterOrDigit(text[i]) && text[i] != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }

    /** Returns the end of the group's name, with which the word begins; -1 for none. */
    private static int snmp6GroupEnd(byte[] text, int from, int to) {
        for (byte[] group : SNMP6_GROUPS) {
            if (to - from > group.length && beginsWith(text, from, group)) {
                return from + group.length;
            }
        }
        return -1;
    }

    private static boolean beginsWith(byte[] text, int from, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (text[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns a decimal number of up to 19 digits; negative when it is none, or more than 63 bits. */
    private static long number(byte[] text, int from, int to) {
        if (to <= from || to - from > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            number = number * 10 + text[i] - '0';
        }
        return number; // 19 digits fit into 64 bits
    }

    private CounterText() {}
}
