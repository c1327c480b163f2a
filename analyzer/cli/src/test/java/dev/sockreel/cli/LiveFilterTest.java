package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.cli.printing.RowText;
import dev.sockreel.filter.Filter;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares each production of ss's filters: the rows that ss prints of live sockets, and those of a recording. */
@Live
class LiveFilterTest {
    private static final String[] KINDS = {
        "--tcp", "20", "--tcp6", "10", "--mapped", "4", "--listen", "10", "--v6only", "3", "--full", "2", "--unix",
        "10", "--unix-dgram", "4", "--unix-seq", "4", "--unix-listen", "4", "--unix-path", "4", "--udp", "10",
        "--udp6", "5", "--raw", "2", "--packet", "2", "--netlink", "6", "--marked", "8"
    };

    /** A row with any columns: ss omits those that would be the same in all lines. */
    private static final Pattern SHOWN = Pattern.compile(
            ".* (?<nl>\\d+:\\S+) +\\* .*sk=.*|.* (?<unix>\\d+) +\\* \\d+ +<->.*|.* sk:(?<sk>[0-9a-f]+) .*|raw .*");

    /** The families that ss's options imply for addresses without one. */
    private static final Map<String, Integer> FAMILIES = Map.of(
            "-4", Family.AF_INET, "-6", Family.AF_INET6, "-x", Family.AF_UNIX, "-0", Family.AF_PACKET,
            "-f netlink", Family.AF_NETLINK);

    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static final Map<String, SocketRow> ROWS = new TreeMap<>();
    private static final Set<String> COMPARED = new HashSet<>();
    private static Path reel = Path.of("");
    private static NetNamespace netns;
    private static Set<String> universe = Set.of();

    @BeforeAll
    static void record() throws IOException {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        assumeTrue(NativePrograms.isAvailable(), "the socket maker needs cc");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ss")), "there is no /usr/bin/ss here");
        netns = NetNamespace.create();
        OPEN.add(netns);
        OPEN.add(SocketMaker.start(netns, KINDS));
        netns.run("sh", "-c", "echo 32768 60999 > /proc/sys/net/ipv4/ip_local_port_range");
        reel = Files.createTempFile("filters-", ".reel");
        Files.delete(reel);
        CommandRun.of("record", "-o", reel.toString(), "--count", "1", "--netns", netns.name()).exits(0);
        try (SnapshotReader reader = SnapshotReader.open(reel)) {
            Snapshot snapshot = Objects.requireNonNull(reader.next());
            new SnapshotSockets(snapshot).forEach(row -> {
                // Without raw_diag ss reads /proc and compares zeros where we have unknown values.
                if (!row.socket().source().equals("proc")) {
                    ROWS.put(key(row), row.hold());
                }
            });
        }
        universe = new TreeSet<>(ROWS.keySet());
        universe.retainAll(ss(List.of()));
        assertTrue(universe.size() > 200, "only " + universe.size());
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable open : OPEN.reversed()) {
            open.close();
        }
        Files.deleteIfExists(reel);
        if (!COMPARED.isEmpty()) {
            System.out.println("filters: " + COMPARED.size() + " rows of " + universe.size() + " were in some answer");
        }
    }

    private static String key(SocketRow row) {
        return switch (row.socket().family()) {
            case Family.AF_NETLINK -> "nl " + row.socket().local();
            case Family.AF_UNIX -> "u_ " + row.socket().inode();
            default -> "sk " + row.socket().cookie();
        };
    }

    /** @param args options and filter */
    private static Set<String> ss(List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/ss", "-anOeH"));
        command.addAll(args);
        Process process = netns.start(netns.command(command).redirectErrorStream(false)
                .redirectError(ProcessBuilder.Redirect.DISCARD));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.lines().map(LiveFilterTest::key).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String key(String line) {
        Matcher m = SHOWN.matcher(line);
        assertTrue(m.matches(), () -> "not understood: " + line);
        if (m.group("nl") != null) {
            return "nl " + m.group("nl");
        }
        if (m.group("unix") != null) {
            return "u_ " + m.group("unix");
        }
        return m.group("sk") == null ? "raw" : "sk " + Long.parseUnsignedLong(m.group("sk"), 16);
    }

    private static Set<String> ours(List<String> filter, int family) {
        Filter parsed = Filter.parse(filter, family);
        return universe.stream()
                .filter(k -> parsed.takes(Objects.requireNonNull(ROWS.get(k))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Replaces PORT, PORT2, ADDRESS and PATH with those of sockets of this run. */
    private static String filled(String filter) {
        List<SocketRow> listeners = ROWS.values().stream()
                .filter(r -> r.socket().netid().equals("tcp") && r.socket().isListener())
                .toList();
        String[] ends = String.valueOf(listeners.getFirst().socket().local()).split(":(?=[0-9]+$)");
        String connected = ROWS.values().stream()
                .filter(r -> r.socket().state().equals("ESTAB") && r.socket().family() == Family.AF_INET)
                .map(r -> String.valueOf(r.socket().peer()))
                .findFirst()
                .orElseThrow();
        String port2 = String.valueOf(listeners.getLast().socket().local()).replaceFirst(".*:", "");
        return filter.replace("PORT2", port2).replace("PORT", ends[1]).replace("CONNECTED", connected);
    }

    static List<String> filters() {
        return List.of(
                // states and groups
                "state established", "state syn-sent", "state syn-recv", "state fin-wait-1", "state fin-wait-2",
                "state time-wait", "state closed", "state close", "state unconnected", "state close-wait",
                "state last-ack", "state listening", "state closing", "state all", "state connected",
                "state synchronized", "state bucket", "state big", "exclude listening", "excl established",
                "state established state listening", "state connected exclude syn-sent",
                "exclude listening state listening", "state LISTENING",
                // dst and src
                "src 127.0.0.1", "src = 127.0.0.1", "src == 127.0.0.1", "src eq 127/8", "src 127.48/16",
                "src 127.0.0.0/255.0.0.0", "src 0x7f.0.0.1", "src 127.0.0.1:PORT", "src :PORT", "src *:PORT",
                "src 127/8:*", "src [::1]", "src [::1]:*", "src [::ffff:127.0.0.1]", "src [::ffff:0.0.0.0/96]",
                "src ::1:PORT", "src inet:127.0.0.1", "src inet:*", "src inet6:*", "src inet6:[::1]", "src any",
                "src all", "src default", "src *", "dst 127/8", "dst CONNECTED", "dst = CONNECTED", "dst [::1]",
                "dst :PORT", "src inet:127/8 or src 127/8", "src unix:/tmp/socketmaker-*",
                "src unix:/TMP/SOCKETMAKER-*", "src unix:@socketmaker*", "src unix:*", "src unix:[!@]*",
                "src unix:?socketmaker/*/[0-2]", "src unix:/tmp/*-[[:digit:]].sock", "dst unix:*",
                "src unix:@sock* or src /tmp/socket*", "-x|src /tmp/socketmaker-*", "-x|src *1", "src link:aarp",
                "src link:AARP:lo", "src link:*:lo", "src link:*:1", "src link:33011", "src link:0", "src link:*:7",
                "-0|src aarp", "src netlink:rtnl", "src netlink:0", "src netlink:genl:kernel", "src netlink:*:kernel",
                "src netlink:*:0", "-f netlink|src uevent", "src vsock:*:99", "src vsock:2",
                // ports
                "sport = :PORT", "sport :PORT", "sport PORT", "sport == PORT", "sport eq :PORT", "sport != :PORT",
                "sport ne :PORT", "sport neq PORT", "sport > :PORT", "sport gt :PORT", "sport < :PORT",
                "sport lt :PORT", "sport >= :PORT", "sport ge :PORT", "sport geq :PORT", "sport <= :PORT",
                "sport le :PORT", "sport leq :PORT", "dport = :PORT", "dport != :PORT", "dport > :PORT",
                "dport < :PORT", "dport >= :PORT", "dport <= :PORT", "sport = 0x1f90", "sport = :010", "sport = http",
                "dport = :https", "sport = *", "sport = inet:PORT", "sport = inet6::PORT", "sport > inet:1",
                "-4|sport > 1", "-6|sport > 1", "sport = netlink:kernel", "sport < netlink:0", "sport = link:lo",
                "sport = unix:@sock*",
                // device, mark
                "dev = lo", "dev lo", "dev == 1", "dev != lo", "dev ne 1", "dev = 77", "fwmark = 0x12", "fwmark 18",
                "fwmark = 0x10/0xf0", "fwmark = 0x1/0x1", "fwmark != 0x12", "fwmark ne 0/0xff", "fwmark = 022",
                // operators: from left to right, and not binds one predicate
                "sport = :PORT or sport = :PORT2", "sport = :PORT | sport = :PORT2",
                "sport = :PORT || sport = :PORT2", "sport = :PORT and src 127/8", "sport = :PORT & src 127/8",
                "sport = :PORT && src 127/8", "sport = :PORT src 127/8", "not sport = :PORT", "! sport = :PORT",
                "not not dev = lo", "not dev = lo and fwmark = 0x12", "not sport = :PORT or sport = :PORT",
                "sport = :PORT or sport = :PORT2 and dport = :9",
                "sport = :PORT or ( sport = :PORT2 and dport = :9 )",
                "dport = :9 and sport = :PORT or sport = :PORT2", "sport = :PORT or sport = :PORT2 dport = :9",
                "( ( src 127/8 ) )", "not ( src 127/8 or src [::1] )",
                "state listening ( sport = :PORT or src [::1] )", "state established not src 127/8");
    }

    /** @param option option of ss, empty for none */
    private record Asked(String option, List<String> filter) {
        static Asked of(String given) {
            int bar = given.startsWith("-") ? given.indexOf('|') : -1;
            String filter = filled(given.substring(bar + 1));
            return new Asked(given.substring(0, Math.max(0, bar)), Arrays.asList(filter.split(" ")));
        }

        Set<String> ofSs() throws IOException {
            List<String> args = new ArrayList<>(option.isEmpty() ? List.of() : List.of(option.split(" ")));
            args.addAll(filter);
            Set<String> shown = ss(args);
            shown.retainAll(universe);
            return shown;
        }

        Set<String> ours() {
            return LiveFilterTest.ours(filter, FAMILIES.getOrDefault(option, Filter.AF_UNSPEC));
        }
    }

    @ParameterizedTest
    @MethodSource("filters")
    void takesWhatSsShows(String given) throws IOException {
        Asked asked = Asked.of(given);
        Again.same(look -> {
            Set<String> expected = asked.ofSs();
            Set<String> ours = asked.ours();
            COMPARED.addAll(expected);
            if (look > 0) { // a TIME-WAIT lasts a minute, a machine that is busy may take longer
                Set<String> living = ss(List.of());
                expected.retainAll(living);
                ours.retainAll(living);
            }
            return expected.equals(ours) ? "" : asked + ": expected " + named(expected) + ", was " + named(ours);
        });
    }

    private static Set<String> named(Set<String> keys) {
        return keys.stream().map(k -> k + " " + line(k)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(String key) {
        return RowText.line(Objects.requireNonNull(ROWS.get(key)));
    }

    /** The filters above would prove nothing if they matched nothing. */
    @Test
    void mostTakeSome() {
        long some = filters().stream().map(Asked::of).filter(a -> !a.ours().isEmpty()).count();
        assertTrue(some > 0.7 * filters().size(), some + " of " + filters().size());
    }

    /** Only the kernel knows ports from its range that the program chose itself. */
    @Test
    void autoboundIsWhatSsShowsAndWhatLooksLikeIt() throws IOException {
        Set<String> theirs = ss(List.of("autobound"));
        theirs.retainAll(universe);
        Set<String> ours = ours(List.of("autobound"), Filter.AF_UNSPEC);
        assertTrue(theirs.size() > 20 && ours.containsAll(theirs), theirs + " and not " + ours);
        ours.removeAll(theirs);
        assertFalse(ours.stream().anyMatch(k -> !k.startsWith("sk ")), ours::toString);
    }

    /** ss compares the bytes of any address; a family named by a prefix limits the answer. */
    @ParameterizedTest
    @MethodSource("addresses")
    void internetAddressesAreThoseOfInternetSockets(String filter) throws IOException {
        List<String> args = Arrays.asList(filter.split(" "));
        Set<String> theirs = ss(args);
        theirs.retainAll(universe);
        theirs.removeIf(k -> !isInet(k));
        Set<String> ours = ours(args, Filter.AF_UNSPEC);
        assertFalse(ours.stream().anyMatch(k -> !isInet(k)), ours::toString);
        assertEquals(theirs, ours);
    }

    static List<String> addresses() {
        return List.of("src 0.0.0.0/0", "src [::]", "src [::/0]", "dst 0.0.0.0", "src 0/8");
    }

    private static boolean isInet(String key) {
        int family = Objects.requireNonNull(ROWS.get(key)).socket().family();
        return family == Family.AF_INET || family == Family.AF_INET6;
    }

    /** Cgroups are matched by number: a recording cannot resolve a path. */
    @Test
    void cgroupsAreFoundByNumber() throws IOException {
        Set<String> inet =
                universe.stream().filter(LiveFilterTest::isInet).collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = ours(List.of("cgroup", "!=", "99999999"), Filter.AF_UNSPEC);
        all.removeIf(k -> !isInet(k));
        assertEquals(inet, all);
    }
}
