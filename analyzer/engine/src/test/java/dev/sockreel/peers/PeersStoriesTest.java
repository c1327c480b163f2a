package dev.sockreel.peers;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.peers.OtherEnd.Kind;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.verdict.WrittenCapture;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Synthetic sockets for cases that no shipped capture has. */
class PeersStoriesTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final WrittenCapture capture = WrittenCapture.begin(ORDER).snapshot(0);
    private int dumps = 100;

    private static InetDiagMsgBuilder inet(long cookie, String local, int port, String peer, int peerPort) {
        return InetDiagMsgBuilder.in(ORDER)
                .local(local, port)
                .remote(peer, peerPort)
                .cookie(cookie)
                .inode(1000 + cookie)
                .header(h -> h.seq(1));
    }

    private static InetDiagMsgBuilder listener(long cookie, String local, int port) {
        return inet(cookie, local, port, "0.0.0.0", 0).state(Uapi.TCP_LISTEN);
    }

    /** Adds a dump of one namespace; 0 exists already. */
    private void dump(int netns, int protocol, InetDiagMsgBuilder... sockets) {
        DumpBuilder messages = new DumpBuilder();
        for (InetDiagMsgBuilder s : sockets) {
            messages.add(s.toBytes());
        }
        String family = protocol == Uapi.IPPROTO_UDP ? "udp4" : "tcp4";
        dump(netns, family, DiagRequest.inet(ORDER, Uapi.AF_INET, protocol, 0xff, 0xffffffffL), messages);
    }

    private void dump(int netns, String family, NlmsgBuilder request, DumpBuilder messages) {
        byte[] bytes = messages.add(NlmsgBuilder.done(ORDER, 0).seq(1)).toBytes();
        int dump = dumps++;
        capture.write(new DumpBegin(dump, 0, netns, family, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 32768,
                ReceiveTime.NONE, request.toBytes()));
        capture.write(new Datagram(dump, 0, 0, 0, bytes.length, 0, ReceiveTime.NONE, Unpooled.wrappedBuffer(bytes)));
        capture.write(new DumpEnd(dump, DumpEnd.Outcome.DONE, 0, 1, "", ReceiveTime.NONE));
    }

    private Conversation of(long cookie, int netns) {
        Snapshot snapshot = capture.read().getFirst();
        SocketRow[] found = new SocketRow[1];
        long inode = netns == 0 ? 4026531840L : 4026532000L + netns;
        new SnapshotSockets(snapshot).forEach(row -> {
            if (row.socket().cookie() == cookie && row.netns() == inode) {
                found[0] = row.hold();
            }
        });
        return Peers.of(snapshot, requireNonNull(found[0]));
    }

    private void namespace(int number) {
        capture.write(new NetworkNamespace(number, 4026532000L + number, 10 + number, "ns" + number, List.of()));
    }

    private static long cookie(OtherEnd end) {
        return requireNonNull(end.row(), end.why()).socket().cookie();
    }

    /** A veth pair: one end in each namespace. */
    @Test
    void theOtherEndMayBeInAnotherNamespace() {
        namespace(1);
        dump(0, Uapi.IPPROTO_TCP, inet(1, "10.0.0.1", 5000, "10.0.0.2", 80));
        dump(1, Uapi.IPPROTO_TCP, inet(2, "10.0.0.2", 80, "10.0.0.1", 5000), listener(3, "0.0.0.0", 80));
        Conversation found = of(1, 0);
        assertEquals(2, cookie(found.otherEnd()));
        assertEquals("in another network namespace", found.otherEnd().why());
        assertEquals(List.of(3L), found.listeners().stream().map(r -> r.socket().cookie()).toList());
    }

    /** Every namespace has a 127.0.0.1 of its own. */
    @Test
    void loopbackDoesNotLeadOutOfItsNamespace() {
        namespace(1);
        dump(0, Uapi.IPPROTO_TCP, inet(1, "127.0.0.1", 5000, "127.0.0.1", 80));
        dump(1, Uapi.IPPROTO_TCP, inet(2, "127.0.0.1", 80, "127.0.0.1", 5000));
        assertEquals(Kind.NOT_LISTED, of(1, 0).otherEnd().kind());
    }

    @Test
    void theSameNamespaceIsPreferred() {
        namespace(1);
        dump(1, Uapi.IPPROTO_TCP, inet(2, "10.0.0.2", 80, "10.0.0.1", 5000));
        dump(0, Uapi.IPPROTO_TCP,
                inet(1, "10.0.0.1", 5000, "10.0.0.2", 80), inet(3, "10.0.0.2", 80, "10.0.0.1", 5000));
        assertEquals(3, cookie(of(1, 0).otherEnd()));
    }

    @Test
    void aPeerOnAnotherHostIsNotListed() {
        dump(0, Uapi.IPPROTO_TCP, inet(1, "10.0.0.1", 5000, "192.0.2.7", 443));
        OtherEnd end = of(1, 0).otherEnd();
        assertEquals(Kind.NOT_LISTED, end.kind());
        assertTrue(end.why().contains("192.0.2.7:443"), end.why());
    }

    /** The listener on the very address, not the one on any. */
    @Test
    void theMoreSpecificListenerHasIt() {
        dump(0, Uapi.IPPROTO_TCP,
                inet(1, "10.0.0.1", 80, "192.0.2.7", 443), listener(2, "0.0.0.0", 80), listener(3, "10.0.0.1", 80),
                listener(4, "10.0.0.9", 80), listener(5, "10.0.0.1", 8080));
        assertEquals(List.of(3L), of(1, 0).listeners().stream().map(r -> r.socket().cookie()).toList());
    }

    /** SO_REUSEPORT leaves the right listener unknown, so all are listed. */
    @Test
    void severalListenersOnOneAddressAreAllListed() {
        dump(0, Uapi.IPPROTO_TCP,
                inet(1, "10.0.0.1", 80, "192.0.2.7", 443), listener(2, "0.0.0.0", 80), listener(3, "0.0.0.0", 80));
        assertEquals(List.of(2L, 3L), of(1, 0).listeners().stream().map(r -> r.socket().cookie()).sorted().toList());
    }

    /** An unconnected udp server is the destination of its clients, and its clients are its senders. */
    @Test
    void udpClientsOfAServerThatIsNotConnected() {
        dump(0, Uapi.IPPROTO_UDP,
                inet(1, "0.0.0.0", 53, "0.0.0.0", 0).state(Uapi.TCP_CLOSE),
                inet(2, "10.0.0.1", 5000, "10.0.0.1", 53), inet(3, "10.0.0.1", 5001, "10.0.0.1", 53),
                inet(4, "10.0.0.1", 5002, "10.0.0.1", 54));
        assertEquals(List.of(2L, 3L), of(1, 0).senders().stream().map(r -> r.socket().cookie()).sorted().toList());
    }

    @Test
    void whereAUdpClientSendsTo() {
        dump(0, Uapi.IPPROTO_UDP,
                inet(1, "0.0.0.0", 53, "0.0.0.0", 0).state(Uapi.TCP_CLOSE), inet(2, "10.0.0.1", 5000, "10.0.0.1", 53));
        OtherEnd end = of(2, 0).otherEnd();
        assertEquals(1, cookie(end));
        assertTrue(end.why().startsWith("it is bound there"), end.why());
    }

    private static UnixDiagMsgBuilder unix(long cookie) {
        return UnixDiagMsgBuilder.in(ORDER).cookie(cookie).inode(1000 + cookie).header(h -> h.seq(1));
    }

    private void unixDump(long show, UnixDiagMsgBuilder... sockets) {
        DumpBuilder messages = new DumpBuilder();
        for (UnixDiagMsgBuilder s : sockets) {
            messages.add(s.toBytes());
        }
        dump(0, "unix", DiagRequest.unix(ORDER, 0xffffffffL, 0, show, 0), messages);
    }

    private static byte[] path(String name) {
        return (name + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** A name whose file was removed and made again is another file and another listener. */
    @Test
    void aNameThatWasBoundAgainIsAnotherListener() {
        unixDump(0x77,
                unix(1).name(path("/s")).vfs(7, 3).peer(1099),
                unix(2).name(path("/s")).vfs(7, 3).state(Uapi.TCP_LISTEN),
                unix(3).name(path("/s")).vfs(8, 3).state(Uapi.TCP_LISTEN));
        assertEquals(List.of(2L), of(1, 0).listeners().stream().map(r -> r.socket().cookie()).toList());
    }

    @Test
    void whatWasNotRequestedIsUnknownAndNotNone() {
        unixDump(0x1, unix(1).name(path("/s")));
        OtherEnd end = of(1, 0).otherEnd();
        assertEquals(Kind.UNKNOWN, end.kind());
        assertTrue(end.why().contains("not-requested"), end.why());
    }

    /** Without UNIX_DIAG_ICONS the listener of a waiting connection is unknown. */
    @Test
    void anUnacceptedConnectionWithoutQueues() {
        unixDump(0x77, unix(1).peer(0), unix(2).name(path("/s")).state(Uapi.TCP_LISTEN));
        OtherEnd end = of(1, 0).otherEnd();
        assertEquals(Kind.PENDING, end.kind());
        assertTrue(end.why().contains("was not recorded"), end.why());
    }
}
