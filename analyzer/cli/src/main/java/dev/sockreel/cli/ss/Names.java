package dev.sockreel.cli.ss;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What ss prints in place of numbers unless {@code -n}: from tables of the machine that reads, as ss does. */
final class Names {
    /** Of ss, where the machine does not tell its own. */
    private static final int EPHEMERAL_FROM = 1024;
    private static final int EPHEMERAL_TO = 4999;

    /** NETLINK_* (uapi/linux/netlink.h) in ss's words; empty where it has none. */
    private static final List<String> NETLINK = List.of(
            "rtnl", "unused", "usersock", "fw", "tcpdiag", "nflog", "xfrm", "selinux", "iscsi", "audit", "fiblookup",
            "connector", "nft", "ip6fw", "dec-rt", "uevent", "genl", "", "scsi-trans", "ecryptfs", "rdma", "crypto");

    /** ETH_P_* (uapi/linux/if_ether.h) that sockets are bound to, in ss's words. */
    private static final Map<Integer, String> ETHERTYPES = Map.ofEntries(
            Map.entry(0x0001, "802_3"), Map.entry(0x0002, "ax25"), Map.entry(0x0004, "802_2"), Map.entry(0x0005, "snap"),
            Map.entry(0x0006, "ddcmp"), Map.entry(0x0007, "wan_ppp"), Map.entry(0x0008, "ppp_mp"),
            Map.entry(0x0009, "localtalk"), Map.entry(0x000c, "can"), Map.entry(0x0010, "ppptalk"),
            Map.entry(0x0011, "tr_802_2"), Map.entry(0x0015, "mobitex"), Map.entry(0x0016, "control"),
            Map.entry(0x0017, "irda"), Map.entry(0x0018, "econet"), Map.entry(0x0060, "loop"), Map.entry(0x0200, "pup"),
            Map.entry(0x0201, "pupat"), Map.entry(0x0800, "ip"), Map.entry(0x0805, "x25"), Map.entry(0x0806, "arp"),
            Map.entry(0x08ff, "bpq"), Map.entry(0x0a00, "ieeepup"), Map.entry(0x0a01, "ieeepupat"),
            Map.entry(0x6000, "dec"), Map.entry(0x6001, "dna_dl"), Map.entry(0x6002, "dna_rc"),
            Map.entry(0x6003, "dna_rt"), Map.entry(0x6004, "lat"), Map.entry(0x6005, "diag"), Map.entry(0x6006, "cust"),
            Map.entry(0x6007, "sca"), Map.entry(0x6558, "teb"), Map.entry(0x8035, "rarp"), Map.entry(0x809b, "atalk"),
            Map.entry(0x80f3, "aarp"), Map.entry(0x8100, "802.1Q"), Map.entry(0x8137, "ipx"), Map.entry(0x86dd, "ipv6"),
            Map.entry(0x8847, "mpls_uc"), Map.entry(0x8848, "mpls_mc"), Map.entry(0x884c, "atmmpoa"),
            Map.entry(0x8863, "ppp_disc"), Map.entry(0x8864, "ppp_ses"), Map.entry(0x8884, "atmfate"),
            Map.entry(0x8892, "profinet"), Map.entry(0x88a2, "aoe"), Map.entry(0x88a4, "ethercat"),
            Map.entry(0x88a8, "802.1ad"), Map.entry(0x88ca, "tipc"), Map.entry(0x88cc, "LLDP"), Map.entry(0x8902, "cfm"));

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
    static Names of(boolean numeric, Path etc, Path portRange) {
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
        if (numeric || port.equals("*")) {
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

    /** NETLINK_*. */
    String netlink(String protocol) {
        int number = Integer.parseInt(protocol);
        String name = number >= 0 && number < NETLINK.size() ? NETLINK.get(number) : "";
        return numeric || name.isEmpty() ? protocol : name;
    }

    /** ETH_P_*, in brackets as a number. */
    String ethertype(int number) {
        String name = numeric ? null : ETHERTYPES.get(number);
        return name == null ? "[" + number + "]" : name;
    }
}
