package dev.sockreel.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of ss for one socket, with wrapped lines joined.
 *
 * @param shown netid (unix only), state, queues, addresses; for unix also the peer's inode
 * @param words {@code ino:N}, {@code sk:HEX}, {@code skmem:(…)}, {@code bytes_received:N}, …: name → value
 */
record SsLine(String shown, Map<String, String> words, List<String> plain) {
    private static final Pattern UNIX = Pattern.compile(
            "(?s)(u_\\w+) +(\\S+) +(\\d+) +(\\d+) +(.*?) (\\d+) +(\\S.*) (\\d+) +<->.*");

    /** Parses the output of {@code ss -tanieomH} or {@code ss -uanemH}. */
    static List<SsLine> inet(String text) {
        List<String> joined = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("\t") || line.startsWith(" ")) {
                joined.set(joined.size() - 1, joined.getLast() + " " + line.strip());
            } else {
                joined.add(line);
            }
        }
        return joined.stream().map(SsLine::ofInet).toList();
    }

    private static SsLine ofInet(String line) {
        String[] cells = line.strip().split("\\s+");
        Map<String, String> words = new HashMap<>();
        List<String> plain = new ArrayList<>();
        for (String cell : Arrays.copyOfRange(cells, 5, cells.length)) {
            int colon = cell.indexOf(':');
            if (colon > 0) {
                words.put(cell.substring(0, colon), cell.substring(colon + 1));
            } else {
                plain.add(cell);
            }
        }
        return new SsLine(String.join(" ", Arrays.copyOf(cells, 5)), words, plain);
    }

    /** Parses the output of {@code ss -xaeH}, in which names may hold spaces and newlines. */
    static List<SsLine> unix(String text) {
        List<String> joined = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.matches("u_(str|dgr|seq) .*")) {
                joined.add(line);
            } else if (!joined.isEmpty() && !line.isEmpty()) {
                joined.set(joined.size() - 1, joined.getLast() + "\n" + line);
            }
        }
        return joined.stream().map(SsLine::ofUnix).toList();
    }

    private static SsLine ofUnix(String line) {
        Matcher m = UNIX.matcher(line);
        if (!m.matches()) {
            throw new AssertionError("not understood: " + line);
        }
        return new SsLine(
                String.join(" ", m.group(1), m.group(2), m.group(3), m.group(4), m.group(5).strip(), m.group(6),
                        m.group(8)),
                Map.of("ino", m.group(6)), List.of());
    }

    long inode() {
        return Long.parseLong(words.getOrDefault("ino", "0"));
    }

    /** The cookie, decimal as sockreel prints it. */
    String cookie() {
        return new BigInteger(words.getOrDefault("sk", "0"), 16).toString();
    }

    /** The values of skmem by name: r, rb, t, … */
    Map<String, Long> skmem() {
        Map<String, Long> values = new HashMap<>();
        Matcher m = Pattern.compile("([a-z]+)(\\d+)").matcher(words.getOrDefault("skmem", ""));
        while (m.find()) {
            values.put(m.group(1), Long.valueOf(m.group(2)));
        }
        return values;
    }
}
