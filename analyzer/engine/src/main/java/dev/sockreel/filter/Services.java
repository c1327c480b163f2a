package dev.sockreel.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Ports by the names of services, from the reading machine's /etc/services, as ss has them: a recording holds no such
 * table, and the names seldom change.
 */
final class Services {
    private static final Path ETC_SERVICES = Path.of("/etc/services");

    private final String table;
    private final Map<String, Integer> tcp = new HashMap<>();
    private final Map<String, Integer> udp = new HashMap<>();

    /** @param table where the lines are from, for sentences */
    Services(String table, List<String> lines) {
        this.table = table;
        lines.forEach(this::line);
    }

    static Services ofThisMachine() {
        if (!Files.isReadable(ETC_SERVICES)) {
            throw new IllegalArgumentException(
                    "this machine has no " + ETC_SERVICES + " to look up names of services: give a number");
        }
        try {
            return new Services(ETC_SERVICES.toString(), Files.readAllLines(ETC_SERVICES, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalArgumentException(ETC_SERVICES + " cannot be read: give a number", e);
        }
    }

    /** {@code name port/protocol alias …}; the first line of a name counts. */
    private void line(String line) {
        String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
        if (words.length < 2 || !words[1].matches("[0-9]{1,5}/(tcp|udp)")) {
            return;
        }
        int slash = words[1].indexOf('/');
        int port = Integer.parseInt(words[1].substring(0, slash));
        Map<String, Integer> ports = words[1].endsWith("tcp") ? tcp : udp;
        ports.putIfAbsent(words[0], port);
        Arrays.stream(words, 2, words.length).forEach(alias -> ports.putIfAbsent(alias, port));
    }

    /** @throws IllegalArgumentException one sentence: there is no such name, or tcp and udp do not agree */
    int port(String name) {
        TreeSet<Integer> ports = new TreeSet<>();
        for (Map<String, Integer> map : List.of(tcp, udp)) {
            Integer port = map.get(name);
            if (port != null) {
                ports.add(port);
            }
        }
        if (ports.size() != 1) {
            throw new IllegalArgumentException("\"" + name + "\" is " + (ports.isEmpty()
                    ? "not a port: give a number or a name from " + table
                    : "port " + ports.first() + " or " + ports.last() + ", depending on tcp or udp: give the number"));
        }
        return ports.first();
    }
}
