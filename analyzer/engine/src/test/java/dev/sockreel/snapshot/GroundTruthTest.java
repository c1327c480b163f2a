package dev.sockreel.snapshot;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.FactsRow;
import dev.sockreel.fixtures.FdMapRow;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.TruthSocket;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.source.ImportedCapture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports a datagram log and compares all rows with the maker's truth. */
class GroundTruthTest {
    private static final Path CAPTURE = Capture.unpack(Capture.MODS);
    private static final List<SocketRow> ROWS = ImportedCapture.rawWithOwners(Capture.MODS).rows(0);
    private static final Map<TruthSocket, SocketRow> FOUND = match();
    /** Sockets that this kernel does not list: a bare one, one that is only bound, and those of another namespace. */
    private static final Set<String> NEVER_LISTED =
            Set.of("tcp.fresh", "tcp.boundonly", "other.listen", "other.ux.server", "other.ux.client");

    private static Map<TruthSocket, SocketRow> match() {
        Map<TruthSocket, SocketRow> found = new HashMap<>();
        for (TruthSocket t : Truth.setup(CAPTURE)) {
            ROWS.stream().filter(r -> is(r, t)).findFirst().ifPresent(r -> found.put(t, r));
        }
        return found;
    }

    /** Matches by cookie; without a descriptor by inode, or by the addresses in the maker's note. */
    private static boolean is(SocketRow row, TruthSocket t) {
        if (t.cookie() != null) {
            return row.socket().cookie() == t.cookie();
        }
        String note = requireNonNull(t.note());
        Matcher inode = Pattern.compile("^inode (\\d+):").matcher(note);
        if (inode.find()) {
            return row.socket().inode() == Long.parseLong(inode.group(1));
        }
        Matcher ends = Pattern.compile("(127\\.0\\.0\\.1:\\d+) (?:<-|->) (127\\.0\\.0\\.1:\\d+)").matcher(note);
        assertTrue(ends.find(), note);
        return ends.group(1).equals(AddressText.orNull(row.socket().local()))
                && ends.group(2).equals(AddressText.orNull(row.peer()));
    }

    private static SocketRow named(String name) {
        return FOUND.entrySet().stream()
                .filter(e -> e.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " was not found"));
    }

    private static List<SocketRow> all(String netid, String local) {
        return ROWS.stream()
                .filter(r -> r.socket().netid().equals(netid) && local.equals(AddressText.orNull(r.socket().local())))
                .toList();
    }

    @Test
    void noSocketOfTheTruthIsMissing() {
        Set<String> missing = Truth.setup(CAPTURE).stream()
                .filter(t -> !FOUND.containsKey(t))
                .map(TruthSocket::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(NEVER_LISTED), missing);
        assertEquals(280, FOUND.size());
    }

    /** Other rows are only mptcp's subflows, sctp's associations, and netlink sockets of the kernel. */
    @Test
    void noSocketIsInvented() {
        Set<SocketRow> known = new HashSet<>(FOUND.values());
        List<String> others = ROWS.stream()
                .filter(r -> !known.contains(r))
                .map(r -> r.socket().netid() + " " + r.socket().local() + " " + r.peer())
                .sorted()
                .toList();
        assertEquals(List.of(
                "nl 0:0 *", "nl 10:0 *", "nl 11:0 *", "nl 15:0 *", "nl 16:0 *", "nl 4:0 *", "nl 4:259 *", "nl 7:0 *",
                "nl 9:0 *",
                "sctp 127.0.0.1:20011 127.0.0.1:60964", "sctp 127.0.0.1:60964 127.0.0.1:20011",
                "tcp 127.0.0.1:20010 0.0.0.0:*", "tcp 127.0.0.1:20010 127.0.0.1:43500",
                "tcp 127.0.0.1:43500 127.0.0.1:20010"), others);
        assertEquals(294, ROWS.size());
    }

    /** Each socket is one row, although the dumps of tcp4, of listeners and of TCPDIAG_GETSOCK overlap. */
    @Test
    void aCookieStandsOnceButForSctp() {
        Map<Long, Long> times = ROWS.stream()
                .filter(r -> !r.socket().netid().equals("sctp"))
                .collect(Collectors.groupingBy(r -> r.socket().cookie(), Collectors.counting()));
        assertEquals(List.of(), times.entrySet().stream().filter(e -> e.getValue() > 1).toList());
    }

    @Test
    void stateInodeAndUidAreTheMakers() {
        List<String> wrong = new ArrayList<>();
        FOUND.forEach((t, r) -> {
            Socket s = r.socket();
            if (t.state() != null && !t.state().equals(s.state())) {
                wrong.add(t.name() + " state " + s.state() + ", truth " + t.state());
            }
            if (t.inode() != null && t.inode() != s.inode()) {
                wrong.add(t.name() + " inode " + s.inode() + ", truth " + t.inode());
            }
            boolean hasUid = s.family() != 16 && s.family() != 40;
            if (t.uid() != null && (hasUid ? t.uid() : Socket.UNKNOWN) != s.uid()) {
                wrong.add(t.name() + " uid " + s.uid() + ", truth " + t.uid());
            }
        });
        assertEquals(List.of(), wrong);
    }

    /** Numbers are those of facts.tsv; the meaning follows from the kind of socket and its state. */
    @Test
    void queuesCarryTheirNumbersAndTheirMeaning() {
        Map<String, FactsRow> facts =
                Truth.facts(CAPTURE).stream().collect(Collectors.toMap(FactsRow::name, f -> f));
        List<String> wrong = new ArrayList<>();
        int[] compared = new int[1];
        FOUND.forEach((t, r) -> {
            FactsRow f = requireNonNull(facts.get(t.name()));
            Socket s = r.socket();
            if (f.diagRecvQ() == null || s.netid().equals("sctp")) {
                return;
            }
            compared[0]++;
            if (s.recvQ() instanceof Queue.NotMeasured) {
                if (!Set.of("TIME-WAIT", "SYN-RECV", "FIN-WAIT-2").contains(s.state()) || s.inode() != 0) {
                    wrong.add(t.name() + " is called not measured");
                }
            } else if (f.diagRecvQ() != s.recvQ().kernelNumber()) {
                wrong.add(t.name() + " recvQ " + s.recvQ() + ", sock_diag said " + f.diagRecvQ());
            } else if (s.family() != 17 && requireNonNull(f.diagSendQ()) != s.sendQ().kernelNumber()) {
                wrong.add(t.name() + " sendQ " + s.sendQ() + ", sock_diag said " + f.diagSendQ());
            }
            if (s.recvQ().meaning() != meaning(s)) {
                wrong.add(t.name() + " means " + s.recvQ().meaning());
            }
        });
        assertEquals(List.of(), wrong);
        assertEquals(259, compared[0]);
    }

    private static Queue.Meaning meaning(Socket s) {
        if (s.state().equals("LISTEN") && !s.netid().equals("v_str")) {
            return Queue.Meaning.PENDING_CONNECTIONS;
        }
        return switch (s.netid()) {
            case "tcp" -> s.inode() == 0 && Set.of("TIME-WAIT", "SYN-RECV", "FIN-WAIT-2").contains(s.state())
                    ? Queue.Meaning.NOT_MEASURED
                    : Queue.Meaning.SEQUENCE_BYTES;
            case "u_str", "u_seq" -> Queue.Meaning.UNREAD_BYTES;
            case "u_dgr" -> Queue.Meaning.FIRST_DATAGRAM_BYTES;
            case "v_str" -> Queue.Meaning.NONE;
            default -> Queue.Meaning.MEMORY_BYTES;
        };
    }

    /** A known number of unread bytes is the maker's; where it is unknown, the socket is never called empty. */
    @Test
    void unreadIsTheMakersCount() {
        List<String> wrong = new ArrayList<>();
        int[] claimed = new int[1];
        FOUND.forEach((t, r) -> {
            Socket s = r.socket();
            if (t.unread() == null || s.isListener()) {
                return;
            }
            if (s.unread().isPresent()) {
                claimed[0]++;
                if (t.unread() != s.unread().getAsLong()) {
                    wrong.add(t.name() + " unread " + s.unread().getAsLong() + ", truth " + t.unread());
                }
            } else if (t.unread() > 0 && Boolean.FALSE.equals(s.waiting())) {
                wrong.add(t.name() + " is called empty, truth " + t.unread());
            }
        });
        assertEquals(List.of(), wrong);
        assertEquals(216, claimed[0]);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:43200,0", "127.0.0.1:43201,5", "127.0.0.1:43202,77"})
    void closeWaitTakesTheFinOff(String peer, long unread) {
        List<SocketRow> rows = ROWS.stream()
                .filter(r -> r.socket().state().equals("CLOSE-WAIT") && peer.equals(AddressText.orNull(r.peer())))
                .toList();
        assertEquals(1, rows.size());
        Socket s = rows.getFirst().socket();
        assertEquals(unread, s.unread().orElse(-1));
        assertEquals(unread + 1, s.recvQ().kernelNumber());
        assertEquals(true, s.eofUnread());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:43000,10", "127.0.0.1:43001,11", "127.0.0.1:43002,12"})
    void connectionsNobodyAcceptedHaveBytesAndNoInode(String peer, long unread) {
        SocketRow row = all("tcp", "127.0.0.1:20002").stream()
                .filter(r -> peer.equals(AddressText.orNull(r.peer())))
                .findFirst()
                .orElseThrow();
        assertEquals(unread, row.socket().unread().orElse(-1));
        assertEquals(0, row.socket().inode());
        assertEquals(List.of(), row.owners());
    }

    @Test
    void theSocketInFlightIsHeldByNobody() {
        SocketRow row = named("ux.inflight.server");
        assertEquals(List.of(), row.owners());
        assertEquals(19, row.socket().unread().orElse(-1));
    }

    @Test
    void listenersKnowPendingAndLimit() {
        List<String> wrong = new ArrayList<>();
        int[] listeners = new int[1];
        FOUND.forEach((t, r) -> {
            if (!"LISTEN".equals(t.state()) || r.socket().family() == 40) {
                return;
            }
            listeners[0]++;
            if (!r.socket().recvQ().equals(new Queue.PendingConnections(requireNonNull(t.pending())))
                    || !r.socket().sendQ().equals(new Queue.BacklogLimit(requireNonNull(t.backlog())))) {
                wrong.add(t.name() + " " + r.socket().recvQ() + " " + r.socket().sendQ());
            }
        });
        assertEquals(List.of(), wrong);
        assertEquals(23, listeners[0]);
    }

    /** Names are the bound sun_path: with NUL, newline, 0xff, spaces, and 108 bytes without a NUL. */
    @Test
    void unixNamesAreTheBoundBytes() {
        List<String> wrong = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        FOUND.forEach((t, r) -> {
            if (requireNonNull(r.socket()).family() != 1) {
                return;
            }
            byte[] sunPath = t.localUnixName();
            String expected = sunPath == null || sunPath.length == 0 ? null : printed(sunPath);
            if (expected != null) {
                names.add(expected);
            }
            if (!java.util.Objects.equals(expected, AddressText.orNull(r.socket().local()))) {
                wrong.add(t.name() + ": " + r.socket().local() + ", bound " + expected);
            }
        });
        assertEquals(List.of(), wrong);
        assertTrue(names.contains("@holdout new\\x0aline"), names.toString());
        assertTrue(names.contains("@holdout\\x00inner\\xff\\x01nul"), names.toString());
        assertTrue(names.stream().anyMatch(n -> n.length() == 108 && n.startsWith("/tmp/holdout-LLL")),
                names.toString());
    }

    /** Formats a name by the documented rules, written a second time. */
    private static String printed(byte[] sunPath) {
        boolean isAbstract = sunPath[0] == 0;
        int to = sunPath.length;
        if (!isAbstract && sunPath[to - 1] == 0) {
            to--;
        }
        StringBuilder out = new StringBuilder(isAbstract ? "@" : "");
        for (byte b : Arrays.copyOfRange(sunPath, isAbstract ? 1 : 0, to)) {
            if (b >= 0x20 && b < 0x7f && b != '\\') {
                out.append((char) b);
            } else {
                out.append("\\x%02x".formatted(b & 0xff));
            }
        }
        return out.toString();
    }

    @Test
    void inetAddressesAreTheMakers() {
        List<String> wrong = new ArrayList<>();
        FOUND.forEach((t, r) -> {
            Socket s = r.socket();
            if (t.local() == null || (s.family() != 2 && s.family() != 10)) {
                return;
            }
            String any = requireNonNull(AddressText.orNull(s.local())).startsWith("*") ? "*" : "[::]";
            if (!t.local().replace("[::]", any).equals(AddressText.orNull(s.local()))) {
                wrong.add(t.name() + " local " + s.local() + ", truth " + t.local());
            }
            if (t.remote() != null && s.protocol() != 255 && !t.remote().equals(AddressText.orNull(r.peer()))) {
                wrong.add(t.name() + " peer " + r.peer() + ", truth " + t.remote());
            }
        });
        assertEquals(List.of(), wrong);
    }

    /** The other end is found by its inode, and by the name that it bound. */
    @Test
    void unixPeersAreFoundByInodeAndName() {
        List<String> wrong = new ArrayList<>();
        int[] peers = new int[1];
        FOUND.forEach((t, r) -> {
            Socket s = r.socket();
            if (s.family() != 1 || t.peerInode() == null || s.isListener() || s.peerInode() <= 0) {
                return;
            }
            peers[0]++;
            if (t.peerInode() != s.peerInode()) {
                wrong.add(t.name() + " peer inode " + s.peerInode() + ", truth " + t.peerInode());
            }
            byte[] remote = t.remoteUnixName();
            String name = remote == null || remote.length == 0 ? null : printed(remote);
            if (name != null && !name.equals(AddressText.orNull(r.peer()))) {
                wrong.add(t.name() + " peer " + r.peer() + ", truth " + name);
            }
            assertNotNull(r.peerOwners(), t.name());
        });
        assertEquals(List.of(), wrong);
        assertTrue(peers[0] > 80, "peers " + peers[0]);
        assertEquals(0, named("ux.orphan.server").socket().peerInode(), "its peer has closed");
        assertEquals(Socket.UNKNOWN, named("ux.log").socket().peerInode(), "the kernel names none");
        assertNull(named("ux.log").peerOwners());
    }

    /** Owners are all processes that hold the inode by /proc, with their full names. */
    @Test
    void ownersAreThoseOfTheDescriptorTable() {
        Map<Long, Set<String>> truth = new HashMap<>();
        for (FdMapRow f : Truth.descriptors(CAPTURE)) {
            truth.computeIfAbsent(f.inode(), i -> new TreeSet<>()).add(f.pid() + " " + f.comm() + " " + f.fd());
        }
        List<String> wrong = new ArrayList<>();
        for (SocketRow r : ROWS) {
            Set<String> ours = requireNonNull(r.owners()).stream()
                    .map(o -> o.pid() + " " + o.comm() + " " + o.fd())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!ours.equals(truth.getOrDefault(r.socket().inode(), Set.of()))) {
                wrong.add(r.socket() + ": " + ours);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(List.of("odd \")(,="),
                requireNonNull(named("tcp.odd.listen").owners()).stream().map(Owner::comm).toList());
        assertEquals(2, requireNonNull(named("tcp.shared").owners()).size());
    }

    @Test
    void dropsAreThoseOfGetsockopt() {
        List<String> wrong = new ArrayList<>();
        Map<String, Long> dropped = new HashMap<>();
        FOUND.forEach((t, r) -> {
            List<Long> words = t.meminfo();
            if (words == null || r.socket().value(SkMemInfo.DROPS).isEmpty() || t.name().startsWith("netlink.")) {
                return;
            }
            long drops = r.socket().value(SkMemInfo.DROPS).getAsLong();
            if (drops > 0) {
                dropped.put(t.name(), drops);
            }
            // Sockets whose other end keeps sending dropped more after the truth was taken.
            boolean grew = Set.of("tcp.overflow", "tcp.zerowin.server", "tcp.orphan.server").contains(t.name())
                    && words.get(8) > 0 && drops > words.get(8);
            if (drops != words.get(8) && !grew) {
                wrong.add(t.name() + " drops " + drops + ", truth " + words.get(8));
            }
        });
        assertEquals(List.of(), wrong);
        assertEquals(46L, dropped.get("udp.drops"), dropped.toString());
        long netlink = named("netlink.dropped").socket().value(SkMemInfo.DROPS).orElse(-1);
        assertTrue(netlink >= 20 && netlink <= 22, "netlink.dropped " + netlink);
    }

    /** ss printed {@code ino:3 dev:0/22} and so on for the bound paths. */
    @Test
    void fileInodesAreThoseThatSsPrinted() throws java.io.IOException {
        Pattern line =
                Pattern.compile("(/tmp/holdout\\S*(?: with space\\.sock)?) (\\d+) \\* \\d+ .* ino:(\\d+) dev:0/(\\d+)");
        Map<Long, String> truth = new HashMap<>();
        for (String l : java.nio.file.Files.readAllLines(CAPTURE.resolve("text/unix.txt"),
                StandardCharsets.ISO_8859_1)) {
            Matcher m = line.matcher(l);
            if (m.find()) {
                truth.put(Long.parseLong(m.group(2)), m.group(1) + " " + m.group(3) + " " + m.group(4));
            }
        }
        Map<Long, String> ours = ROWS.stream()
                .filter(r -> r.socket().fileInode() != Socket.UNKNOWN)
                .collect(Collectors.toMap(r -> r.socket().inode(), r -> r.socket().local() + " "
                        + r.socket().fileInode() + " " + r.socket().fileDevice()));
        assertEquals(truth, ours);
        assertEquals(8, ours.size());
    }
}
