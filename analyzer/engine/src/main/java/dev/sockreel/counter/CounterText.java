package dev.sockreel.counter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the texts of counters; lines and words that do not fit are left out. */
final class CounterText {
    /** The number of counters that is kept; netstat has about 150, snmp6 up to 200. */
    static final int MAX_COUNTERS = 4096;

    private static final Pattern GROUP = Pattern.compile("([A-Za-z0-9]{1,32}):");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final Pattern SNMP6_NAME = Pattern.compile("(Ip6|Icmp6|UdpLite6|Udp6)([A-Za-z0-9_]{1,64})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{8}");

    /** Adds {@code TcpExt.ListenDrops → 7} of netstat and snmp: a line of names and a line of values of each group. */
    static void addPairs(byte[] text, Map<String, Long> into) {
        String[] names = {};
        for (String line : lines(text)) {
            String[] words = line.split(" ", MAX_COUNTERS);
            Matcher group = GROUP.matcher(words[0]);
            if (!group.matches()) {
                names = new String[0];
            } else if (names.length > 0 && names[0].equals(words[0])) {
                for (int i = 1; i < Math.min(names.length, words.length); i++) {
                    add(group.group(1), names[i], words[i], into);
                }
                names = new String[0];
            } else {
                names = words;
            }
        }
    }

    /** Adds {@code Udp6.RcvbufErrors → 7} of snmp6: a name and a value a line. */
    static void addLines(byte[] text, Map<String, Long> into) {
        for (String line : lines(text)) {
            String[] words = line.split("\\s+", 3);
            Matcher name = SNMP6_NAME.matcher(words[0]);
            if (words.length >= 2 && name.matches()) {
                add(name.group(1), name.group(2), words[1], into);
            }
        }
    }

    private static void add(String group, String name, String value, Map<String, Long> into) {
        if (NAME.matcher(name).matches() && NUMBER.matcher(value).matches() && into.size() < MAX_COUNTERS) {
            long number = Long.parseUnsignedLong(value);
            if (number >= 0) {
                into.putIfAbsent(group + "." + name, number);
            }
        }
    }

    /** Returns the first columns of softnet_stat as the kernel's numbers of 32 bits, a row for each processor. */
    static List<long[]> softnet(byte[] text, int columns) {
        List<long[]> rows = new ArrayList<>();
        for (String line : lines(text)) {
            String[] words = line.split(" ", columns + 1);
            long[] row = new long[columns];
            boolean valid = words.length >= columns && rows.size() < MAX_COUNTERS;
            for (int i = 0; valid && i < columns; i++) {
                valid = HEX.matcher(words[i]).matches();
                row[i] = valid ? Long.parseLong(words[i], 16) : 0;
            }
            if (valid) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static String[] lines(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII).split("\n", -1);
    }

    private CounterText() {}
}
