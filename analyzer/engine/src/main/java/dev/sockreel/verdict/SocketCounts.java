package dev.sockreel.verdict;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The kernel's own counts of sockets when the dumps began and ended: the column "sockets" of /proc/net/protocols, or,
 * where that is not recorded, "inuse" of /proc/net/sockstat and sockstat6.
 */
public final class SocketCounts {
    /**
     * The places where one family is counted.
     *
     * @param protocols rows of /proc/net/protocols, at least one of which must be present; they are summed
     * @param sockstat  file with a line {@code key: inuse N …}; empty for none
     */
    private record Place(List<String> protocols, String sockstat, String key) {}

    /**
     * Families whose counts can be compared with a dump. Not netlink, whose kernel sockets are listed but not counted;
     * not sctp and mptcp, which list associations and subflows beside their sockets; not vsock, which counts sockets
     * that are in no table.
     */
    private static final Map<String, Place> PLACES = Map.of(
            "tcp4", new Place(List.of("TCP"), "sockstat", "TCP"),
            "tcp6", new Place(List.of("TCPv6"), "sockstat6", "TCP6"),
            "udp4", new Place(List.of("UDP"), "sockstat", "UDP"),
            "udp6", new Place(List.of("UDPv6"), "sockstat6", "UDP6"),
            "raw4", new Place(List.of("RAW"), "sockstat", "RAW"),
            "raw6", new Place(List.of("RAWv6"), "sockstat6", "RAW6"),
            // the row UNIX-STREAM is there from Linux 5.15 on
            "unix", new Place(List.of("UNIX", "UNIX-STREAM"), "", ""),
            "packet", new Place(List.of("PACKET"), "", ""));

    /** Rows of /proc/net/protocols for the other families: enough to show that there are some sockets. */
    private static final Map<String, List<String>> ROUGH = Map.ofEntries(
            Map.entry("udplite4", List.of("UDP-Lite", "UDPLITE")),
            Map.entry("udplite6", List.of("UDPLITEv6")),
            Map.entry("sctp4", List.of("SCTP")),
            Map.entry("sctp6", List.of("SCTPv6")),
            Map.entry("dccp4", List.of("DCCP")),
            Map.entry("dccp6", List.of("DCCPv6")),
            Map.entry("mptcp4", List.of("MPTCP")),
            Map.entry("mptcp6", List.of("MPTCPv6")),
            Map.entry("netlink", List.of("NETLINK")),
            Map.entry("vsock", List.of("AF_VSOCK")),
            Map.entry("xdp", List.of("XDP")),
            Map.entry("tipc", List.of("TIPC")),
            Map.entry("smc", List.of("SMC", "SMC6")),
            Map.entry("ping", List.of("PING", "PINGv6")));

    static boolean counts(String family) {
        return PLACES.containsKey(family);
    }

    /**
     * Returns roughly how many sockets of a family there were when the dumps ended, for any family and for {@code
     * ping}; 0 where the kernel does not even name the protocol.
     *
     * @return empty when /proc/net/protocols was not recorded, or does not name the family
     */
    public static OptionalLong inUse(Snapshot snapshot, int netns, String family) {
        Place place = PLACES.get(family);
        List<String> rows = place != null ? place.protocols() : ROUGH.getOrDefault(family, List.of());
        String text = text(snapshot, netns, ProcText.When.AFTER_DUMPS, "protocols");
        if (rows.isEmpty() || text.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(protocols(text, rows).orElse(0));
    }

    /** Returns the count; empty when the snapshot does not have it. */
    static OptionalLong of(Snapshot snapshot, int netns, String family, ProcText.When when) {
        Place place = PLACES.get(family);
        if (place == null) {
            return OptionalLong.empty();
        }
        OptionalLong counted = protocols(text(snapshot, netns, when, "protocols"), place.protocols());
        return counted.isPresent() || place.sockstat().isEmpty()
                ? counted
                : inuse(text(snapshot, netns, when, place.sockstat()), place.key());
    }

    /** Returns the text of a file; empty when it was not recorded completely. */
    private static String text(Snapshot snapshot, int netns, ProcText.When when, String name) {
        return snapshot.procFiles().stream()
                .filter(f -> f.netns() == netns && f.when() == when && f.path().equals("/proc/net/" + name))
                .filter(f -> f.errno() == 0 && f.whole())
                .map(f -> new String(f.text(), StandardCharsets.US_ASCII))
                .findFirst()
                .orElse("");
    }

    /** Sums the sockets of rows like {@code TCP 2304 1 51 no 192 yes kernel …} (name, size, sockets). */
    private static OptionalLong protocols(String text, List<String> rows) {
        long sum = 0;
        boolean found = false;
        for (String line : text.split("\n", -1)) {
            String[] words = line.split("\\s+", 4);
            if (words.length > 3 && rows.contains(words[0])) {
                OptionalLong sockets = number(words[2]);
                found |= sockets.isPresent();
                sum += sockets.orElse(0);
            }
        }
        return found ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    /** Reads a line like {@code TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 51}. */
    private static OptionalLong inuse(String text, String key) {
        for (String line : text.split("\n", -1)) {
            String[] words = line.split("\\s+", 4);
            if (words.length > 2 && words[0].equals(key + ":") && words[1].equals("inuse")) {
                return number(words[2]);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong number(String word) {
        return word.matches("[0-9]{1,10}") ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }

    private SocketCounts() {}
}
