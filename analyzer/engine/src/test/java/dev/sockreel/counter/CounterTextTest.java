package dev.sockreel.counter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the walk over bytes with the same formats read by regular expressions, on texts with random mistakes. */
class CounterTextTest {
    private static final int TEXTS = 4000;
    private static final Pattern GROUP = Pattern.compile("([A-Za-z0-9]{1,32}):");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final Pattern SNMP6 = Pattern.compile("(Ip6|Icmp6|UdpLite6|Udp6)([A-Za-z0-9_]{1,64})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");
    private static final String[] PIECES = {
        "TcpExt:", "Udp:", "IpExt:", " ", " ", " ", " ", "\n", "\n", "ListenDrops", "InErrors", "A_b", "7", "0", "12",
        "18446744073709551615", "9223372036854775807", "9999999999999999999", "-1", "\t", "\r", "é", ":", "Udp6", "Ip6",
        "Udp6RcvbufErrors \t 3", "Icmp6InMsgs", "UdpLite6NoPorts 4 5", "x".repeat(65), "\u000b", "0000000a", "fffffff0",
    };

    private static Map<String, Long> pairs(String text) {
        Map<String, Long> all = new LinkedHashMap<>();
        String[] names = {};
        for (String line : text.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            Matcher group = GROUP.matcher(words[0]);
            if (!group.matches()) {
                names = new String[0];
            } else if (names.length > 0 && names[0].equals(words[0])) {
                for (int i = 1; i < Math.min(names.length, words.length); i++) {
                    add(group.group(1), names[i], words[i], all);
                }
                names = new String[0];
            } else {
                names = words;
            }
        }
        return all;
    }

    private static Map<String, Long> lines(String text) {
        Map<String, Long> all = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.split("\\s+", 3);
            Matcher name = SNMP6.matcher(words[0]);
            if (words.length >= 2 && name.matches()) {
                add(name.group(1), name.group(2), words[1], all);
            }
        }
        return all;
    }

    private static void add(String group, String name, String value, Map<String, Long> into) {
        if (NAME.matcher(name).matches() && NUMBER.matcher(value).matches()) {
            long number = Long.parseUnsignedLong(value);
            if (number >= 0) {
                into.putIfAbsent(group + "." + name, number);
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int groups = random.nextInt(3);
        for (int g = 0; g < groups; g++) {
            String group = random.nextBoolean() ? "TcpExt:" : "Udp:";
            text.append(group).append(" ListenDrops InErrors A_b\n").append(group).append(" 1 22 333\n");
        }
        for (int i = random.nextInt(10); i > 0; i--) {
            text.insert(random.nextInt(text.length() + 1), PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void bytesAndRegularExpressionsAgree() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int counters = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            byte[] bytes = text.getBytes(ISO_8859_1);
            String where = "seed " + seed + ", text " + i + ": " + text;
            Map<String, Long> found = new HashMap<>();
            CounterText.addPairs(bytes, found);
            assertEquals(pairs(text), found, where);
            counters += found.size();
            Map<String, Long> six = new HashMap<>();
            CounterText.addLines(bytes, six);
            assertEquals(lines(text), six, where);
            counters += six.size();
        }
        assertTrue(counters > TEXTS / 4, "the texts have counters: " + counters + ", seed " + seed);
    }

    @Test
    void namedCountersAreThoseOfAll() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        CounterNames names = new CounterNames(List.of("TcpExt.ListenDrops", "Udp.InErrors", "Udp6.RcvbufErrors"));
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            long[] found = names.unknown();
            CounterText.Sink sink = names.into(found);
            CounterText.pairs(text.getBytes(ISO_8859_1), sink);
            CounterText.lines(text.getBytes(ISO_8859_1), sink);
            Map<String, Long> all = pairs(text);
            lines(text).forEach(all::putIfAbsent);
            long[] expected = {
                all.getOrDefault("TcpExt.ListenDrops", CounterNames.UNKNOWN),
                all.getOrDefault("Udp.InErrors", CounterNames.UNKNOWN),
                all.getOrDefault("Udp6.RcvbufErrors", CounterNames.UNKNOWN),
            };
            assertArrayEquals(expected, found, "seed " + seed + ", text " + i + ": " + text);
        }
    }

    @Test
    void noMoreCountersAreKeptThanTheLimit() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < CounterText.MAX_COUNTERS + 10; i++) {
            names.add("Udp6n" + i + " 1\n");
        }
        Map<String, Long> found = new HashMap<>(Map.of("a", 1L));
        CounterText.addLines(String.join("", names).getBytes(US_ASCII), found);
        assertEquals(CounterText.MAX_COUNTERS, found.size());
        CounterText.addLines("Udp6Other 2\n".getBytes(US_ASCII), found);
        assertEquals(CounterText.MAX_COUNTERS, found.size());
    }
}
