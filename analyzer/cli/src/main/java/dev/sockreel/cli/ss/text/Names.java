package dev.sockreel.cli.ss.text;

import dev.sockreel.filter.ProtocolNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What ss prints in place of numbers unless {@code -n}: from tables of the machine that reads, as ss does. */
public final class Names {
    /** Of ss, where the machine does not tell its own. */
    private static final int EPHEMERAL_FROM = 1024;
    private static final int EPHEMERAL_TO = 4999;

    private final boolean numeric;
    /** {@code 80/tcp} → name, the first of a port that has several. */
    private final Map<String, String> services = new HashMap<>();
    private final Map<String, String> protocols = new HashMap<>();
    private int ephemeralFrom = EPHEMERAL_FROM;
    private int ephemeralTo = EPHEMERAL_TO;

    private Names(boolean numeric) {
        this.numeric = numeric;
    }

    /** @param etc the folder with services and protocols; what is not there names nothing */
    public static Names of(boolean numeric, Path etc, Path portRange) {
        Names names = new Names(numeric);
        if (!numeric) {
            read(etc.resolve("services"), names.services);
            read(etc.resolve("protocols"), names.protocols);
            names.range(portRange);
        }
        return names;
    }

    private static void read(Path file, Map<String, String> into) {
        for (String line : lines(file)) {
            int comment = line.indexOf('#');
            String[] words = (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+", 3);
            if (words.length > 1) {
                into.putIfAbsent(words[1], words[0]);
            }
        }
    }

    private void range(Path file) {
        for (String line : lines(file)) {
            String[] words = line.strip().split("\\s+", 3);
            if (words.length == 2 && words[0].matches("[0-9]{1,5}") && words[1].matches("[0-9]{1,5}")) {
                ephemeralFrom = Integer.parseInt(words[0]);
                ephemeralTo = Integer.parseInt(words[1]);
            }
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // then ports stay numbers
        }
    }

    boolean isNumeric() {
        return numeric;
    }

    /**
     * Of a port; of raw sockets the "port" is a protocol.
     *
     * @param port     a number, or * which stays
     * @param protocol tcp, udp or raw; empty: the port's name in whatever protocol
     */
    String port(String port, String protocol) {
        if (numeric || !isNumber(port)) {
            return port;
        }
        if (protocol.equals("raw")) {
            return protocols.getOrDefault(port, "ipproto-" + port);
        }
        int number = Integer.parseInt(port);
        if (number >= ephemeralFrom && number <= ephemeralTo) {
            return port; // what /etc/services names in there is chance
        }
        return services.getOrDefault(port + "/" + protocol, port);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** NETLINK_*. */
    String netlink(String protocol) {
        String name = numeric || !isNumber(protocol) ? null : ProtocolNames.netlink(Integer.parseInt(protocol));
        return name == null ? protocol : name;
    }

    /** ETH_P_*, in brackets as a number. */
    String ethertype(int number) {
        String name = numeric ? null : ProtocolNames.ethertype(number);
        return name == null ? "[" + number + "]" : name;
    }
}
