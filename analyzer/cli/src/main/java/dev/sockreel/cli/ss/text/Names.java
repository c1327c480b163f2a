package dev.sockreel.cli.ss.text;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.InetEndpoint;
import dev.sockreel.filter.ProtocolNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that ss prints in place of numbers unless {@code -n}, from the tables of this machine, as ss does. */
public final class Names {
    /** The range that ss assumes where the machine has no file of it. */
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
     * Returns the name of a service, or its port as a number, {@code *} for none.
     *
     * @param protocol tcp, udp, sctp or dccp; raw, whose "port" is a protocol
     */
    String port(InetEndpoint address, String protocol) {
        String port = AddressText.port(address);
        if (numeric || address.port() == 0) {
            return port;
        }
        if (protocol.equals("raw")) {
            return protocols.getOrDefault(port, "ipproto-" + port);
        }
        if (address.port() >= ephemeralFrom && address.port() <= ephemeralTo) {
            return port; // a name that /etc/services has in this range would be chance
        }
        return services.getOrDefault(port + "/" + protocol, port);
    }

    /** Returns the name of a NETLINK_* protocol, or its number. */
    String netlink(int protocol) {
        String name = numeric ? null : ProtocolNames.netlink(protocol);
        return name == null ? Integer.toString(protocol) : name;
    }

    /** Returns the name of an ETH_P_*, or its number in brackets. */
    String ethertype(int number) {
        String name = numeric ? null : ProtocolNames.ethertype(number);
        return name == null ? "[" + number + "]" : name;
    }
}
