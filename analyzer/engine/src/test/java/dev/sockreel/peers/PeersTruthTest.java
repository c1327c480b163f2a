package dev.sockreel.peers;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.TruthSocket;
import dev.sockreel.peers.Conversation.Connection;
import dev.sockreel.peers.OtherEnd.Kind;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.source.ImportedCapture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares peers in a snapshot of real sockets with the maker's truth. */
class PeersTruthTest {
    private static final Path CAPTURE = Capture.unpack(Capture.MODS);
    private static final ImportedCapture RAW = ImportedCapture.rawWithOwners(Capture.MODS);
    private static final Map<Long, SocketRow> BY_COOKIE = RAW.rows(0).stream()
            .filter(r -> r.socket().cookie() != 0)
            .collect(Collectors.toMap(r -> r.socket().cookie(), Function.identity(), (a, b) -> a));
    private static final Map<String, TruthSocket> TRUTH = Truth.setup(CAPTURE).stream()
            .collect(Collectors.toMap(TruthSocket::name, Function.identity(), (a, b) -> a));

    private static TruthSocket truth(String name) {
        return requireNonNull(TRUTH.get(name), name);
    }

    private static long cookie(String name) {
        return requireNonNull(truth(name).cookie(), name);
    }

    private static Conversation of(String name) {
        return Peers.of(RAW.snapshot(0), requireNonNull(BY_COOKIE.get(cookie(name)), name));
    }

    private static Set<Long> inodes(List<Connection> connections) {
        return connections.stream()
                .map(c -> requireNonNull(c.client().row()).socket().inode())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Long> inodesOf(String... names) {
        Set<Long> inodes = new TreeSet<>();
        for (String name : names) {
            inodes.add(requireNonNull(truth(name).inode(), name));
        }
        return inodes;
    }

    private static List<Long> cookies(List<SocketRow> rows) {
        return rows.stream().map(r -> r.socket().cookie()).sorted().toList();
    }

    /** Checks every pair of the maker: socketpairs, unix and tcp connections, connected udp and datagram sockets. */
    @Test
    void everyOtherEndIsTheMakers() {
        int unix = 0;
        int inet = 0;
        for (TruthSocket t : TRUTH.values()) {
            TruthSocket peer = t.peer() == null ? null : TRUTH.get(t.peer());
            if (t.cookie() == null || peer == null || peer.cookie() == null || !BY_COOKIE.containsKey(t.cookie())) {
                continue;
            }
            OtherEnd end = of(t.name()).otherEnd();
            assertEquals(Kind.LISTED, end.kind(), t.name() + ": " + end.why());
            SocketRow row = requireNonNull(end.row());
            assertEquals(peer.cookie(), row.socket().cookie(), t.name());
            // An unconnected udp server.
            assertEquals(requireNonNull(peer.domain()) != 1 && peer.remote() == null,
                    end.why().startsWith("it is bound there"),
                    t.name() + ": " + end.why());
            if (peer.pid() != null) {
                assertTrue(requireNonNull(row.owners()).stream().anyMatch(o -> o.pid() == peer.pid()), t.name());
            }
            unix += requireNonNull(t.domain()) == 1 ? 1 : 0;
            inet += requireNonNull(t.domain()) == 1 ? 0 : 1;
        }
        assertEquals(List.of(97, 114), List.of(unix, inet));
    }

    /** UNIX_DIAG_ICONS lists the clients in a listener's queue, and so links each client to its listener. */
    @Test
    void clientsWaitByTheListenersQueue() {
        Conversation full = of("ux.backlog1");
        assertEquals(inodesOf("ux.backlog1.client0", "ux.backlog1.client1"), inodes(full.waiting()));
        assertTrue(full.waiting().stream().allMatch(c -> c.own() == null));
        assertEquals(inodesOf("ux.backlog128.client0", "ux.backlog128.client1", "ux.backlog128.client2"),
                inodes(of("ux.backlog128").waiting()));
        Conversation client = of("ux.backlog128.client1");
        assertEquals(Kind.PENDING, client.otherEnd().kind());
        assertEquals(List.of(cookie("ux.backlog128")), cookies(client.listeners()));
        assertEquals(List.of(), of("ux.path.listen").waiting());
    }

    /** The file's inode leads to the listener, to its accepted sockets, and to their clients. */
    @Test
    void fromTheSocketFileToTheClients() {
        Conversation listener = of("ux.path.listen");
        assertTrue(listener.socket().socket().fileInode() > 0);
        assertEquals(inodesOf("ux.path.client"), inodes(listener.accepted()));
        assertEquals(cookie("ux.path.server"), requireNonNull(listener.accepted().getFirst().own()).socket().cookie());
        for (String end : List.of("ux.path.server", "ux.path.client")) {
            assertEquals(List.of(cookie("ux.path.listen")), cookies(of(end).listeners()), end);
        }
        assertEquals(List.of(cookie("ux.abstract.listen")), cookies(of("ux.abstract.client").listeners()));
        assertEquals(inodesOf("ux.seq.client"), inodes(of("ux.seq.listen").accepted()));
    }

    @Test
    void sendersOfADatagramSocket() {
        assertEquals(
                inodesOf("ux.log.client0", "ux.log.client1", "ux.log.client2"),
                of("ux.log").senders().stream().map(r -> r.socket().inode())
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(Kind.NONE, of("ux.log").otherEnd().kind());
        OtherEnd dead = of("ux.deadpeer.client").otherEnd();
        assertEquals("its peer has been closed", dead.why());
    }

    /** A socket in flight in another socket's queue is listed, but no process holds it. */
    @Test
    void whatIsInFlightIsListedAndHeldByNobody() {
        OtherEnd end = of("ux.inflight.client").otherEnd();
        assertEquals(Kind.LISTED, end.kind());
        SocketRow row = requireNonNull(end.row());
        assertEquals(List.of(), row.owners());
        assertEquals(19, row.socket().unread().orElseThrow());
    }

    /** A tcp connection that waits for accept() has no inode; its client has one. */
    @Test
    void tcpConnectionsThatNobodyAccepted() {
        Conversation listener = of("tcp.overflow");
        assertEquals(inodesOf("tcp.overflow.client0", "tcp.overflow.client1", "tcp.overflow.client2"),
                inodes(listener.waiting()));
        assertEquals(List.of(), listener.accepted());
        Conversation client = of("tcp.overflow.client0");
        assertEquals("nobody has accepted it", client.otherEnd().why());
        assertEquals(List.of(cookie("tcp.overflow")), cookies(client.listeners()));
        // Its SYN was dropped: there is no other end, but there is a listener.
        Conversation hangs = of("tcp.overflow.client3");
        assertEquals(Kind.NOT_LISTED, hangs.otherEnd().kind());
        assertEquals(List.of(cookie("tcp.overflow")), cookies(hangs.listeners()));
    }

    /** An IPv6 socket that took an IPv4 connection: [::ffff:127.0.0.1]:20062 is 127.0.0.1:20062. */
    @Test
    void mappedAddressesMeetPlainOnes() {
        SocketRow mapped = BY_COOKIE.values().stream()
                .filter(r -> "[::ffff:127.0.0.1]:20062".equals(AddressText.orNull(r.socket().local()))
                        && r.socket().stateNumber() == 1)
                .findFirst()
                .orElseThrow();
        Conversation found = Peers.of(RAW.snapshot(0), mapped);
        SocketRow client = requireNonNull(found.otherEnd().row());
        assertEquals("127.0.0.1:42010", AddressText.orNull(client.socket().local()));
        assertEquals(1, found.listeners().size());
        assertEquals(mapped.socket().cookie(),
                requireNonNull(Peers.of(RAW.snapshot(0), client).otherEnd().row()).socket().cookie());
    }

    /** Many sockets find in one search what each of them finds alone. */
    @Test
    void manyAtOnceFindWhatEachFinds() {
        List<SocketRow> rows = List.copyOf(BY_COOKIE.values());
        List<Conversation> together = Peers.of(RAW.snapshot(0), rows);
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(inCookies(Peers.of(RAW.snapshot(0), rows.get(i))), inCookies(together.get(i)));
        }
        assertTrue(rows.size() > 50);
    }

    private static String inCookies(Conversation c) {
        return cookies(List.of(c.socket())) + " " + inCookies(c.otherEnd()) + " " + cookies(c.listeners()) + " "
                + inCookies(c.waiting()) + " " + inCookies(c.accepted()) + " " + cookies(c.senders()) + c.leftOut();
    }

    private static List<String> inCookies(List<Connection> connections) {
        return connections.stream()
                .map(k -> (k.own() == null ? "" : cookies(List.of(k.own()))) + "-" + inCookies(k.client()))
                .toList();
    }

    private static String inCookies(OtherEnd end) {
        return end.kind() + (end.row() == null ? "" : cookies(List.of(end.row())).toString()) + end.why();
    }
}
