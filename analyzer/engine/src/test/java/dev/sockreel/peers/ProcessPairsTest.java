package dev.sockreel.peers;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.verdict.WrittenCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which ends are joined, which of them is the server, and what waits on the way. */
class ProcessPairsTest {
    private static final NlmsgBuilder TCP =
            DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL);
    private static final NlmsgBuilder UNIX = DiagRequest.unix(LITTLE_ENDIAN, 0xffffffffL, 0, 0x7f, 0);
    private static final int LISTEN = 10;
    private static final int TIME_WAIT = 6;

    private final WrittenCapture capture = WrittenCapture.begin(LITTLE_ENDIAN).snapshot(0);
    private long cookie = 1000;

    private InetDiagMsgBuilder tcp(int state, String local, int port, String peer, int peerPort, long inode) {
        return InetDiagMsgBuilder.in(LITTLE_ENDIAN).local(local, port).remote(peer, peerPort).state(state)
                .inode(inode).cookie(++cookie).header(h -> h.seq(1));
    }

    private void dump(int netns, InetDiagMsgBuilder... sockets) {
        DumpBuilder dump = new DumpBuilder();
        for (InetDiagMsgBuilder socket : sockets) {
            dump.add(socket);
        }
        capture.dumpIn(netns, "tcp4", TCP, dump.add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).datagrams(32_768));
    }

    private List<ProcessPair> pairs() {
        return ProcessPairs.of(capture.read().getFirst(), row -> true);
    }

    private static String words(ProcessPair p) {
        return side(p.client()) + " > " + side(p.server()) + " " + p.serverAddress() + " " + p.connections() + " "
                + p.notAccepted() + " " + p.toServer() + " " + p.toClient();
    }

    private static String side(Party party) {
        return party.comm() == null ? party.kind().id() : party.comm() + "/" + party.pid();
    }

    @Test
    void bothEndsAreOneConnectionAndTheListenerIsTheServer() {
        dump(0, tcp(LISTEN, "0.0.0.0", 50_000, "0.0.0.0", 0, 10),
                tcp(1, "127.0.0.1", 50_000, "127.0.0.1", 40_000, 11).queues(7, 100),
                tcp(1, "127.0.0.1", 40_000, "127.0.0.1", 50_000, 12).queues(3, 20),
                tcp(1, "127.0.0.1", 50_000, "127.0.0.1", 40_001, 13),
                tcp(1, "127.0.0.1", 40_001, "127.0.0.1", 50_000, 14).queues(0, 5),
                tcp(TIME_WAIT, "127.0.0.1", 40_002, "127.0.0.1", 50_000, 0));
        capture.owners(0, WrittenCapture.process(7, "web", 'S', 10, 11, 13),
                WrittenCapture.process(8, "curl", 'S', 12, 14));
        assertEquals(List.of("curl/8 > web/7 127.0.0.1:50000 2 0 32 103"),
                pairs().stream().map(ProcessPairsTest::words).toList());
    }

    @Test
    void whoIsToAcceptIsTheListenersOwner() {
        dump(0, tcp(LISTEN, "127.0.0.1", 80, "0.0.0.0", 0, 10),
                tcp(1, "127.0.0.1", 80, "127.0.0.1", 40_000, 0).queues(9, 0),
                tcp(1, "127.0.0.1", 40_000, "127.0.0.1", 80, 12),
                tcp(2, "127.0.0.1", 40_001, "127.0.0.1", 80, 13).queues(0, 1));
        capture.owners(0, WrittenCapture.process(7, "web", 'S', 10), WrittenCapture.process(8, "curl", 'S', 12, 13));
        assertEquals(List.of("curl/8 > web/7 127.0.0.1:80 2 2 9 0"),
                pairs().stream().map(ProcessPairsTest::words).toList());
    }

    @Test
    void anEndThatIsNotListedIsAnAddress() {
        dump(0, tcp(LISTEN, "10.0.0.1", 443, "0.0.0.0", 0, 10),
                tcp(1, "10.0.0.1", 443, "10.9.9.9", 5001, 11), tcp(1, "10.0.0.1", 443, "10.9.9.9", 5002, 12),
                tcp(1, "10.0.0.1", 38_000, "10.8.8.8", 5432, 13));
        capture.owners(0, WrittenCapture.process(7, "web", 'S', 10, 11, 12, 13));
        List<ProcessPair> pairs = pairs();
        assertEquals(List.of("not-listed > web/7 10.0.0.1:443 2 0 0 0", "web/7 > not-listed 10.8.8.8:5432 1 0 0 0"),
                pairs.stream().map(ProcessPairsTest::words).toList());
        assertEquals("10.9.9.9", pairs.getFirst().clientAddress());
        assertNull(pairs.getLast().clientAddress());
    }

    @Test
    void withoutAListenerTheLowerPortIsTheServer() {
        dump(0, tcp(1, "127.0.0.1", 40_000, "127.0.0.1", 6379, 12), tcp(1, "127.0.0.1", 6379, "127.0.0.1", 40_000, 11));
        assertEquals(List.of("unknown > unknown 127.0.0.1:6379 1 0 0 0"),
                pairs().stream().map(ProcessPairsTest::words).toList());
    }

    @Test
    void loopbackIsNotJoinedAcrossNamespacesButOtherAddressesAre() {
        capture.write(new NetworkNamespace(1, 7, 2, "blue", List.of()));
        dump(0, tcp(1, "127.0.0.1", 80, "127.0.0.1", 40_000, 11), tcp(1, "10.0.0.1", 80, "10.0.0.2", 40_000, 12));
        dump(1, tcp(1, "127.0.0.1", 40_000, "127.0.0.1", 80, 13), tcp(1, "10.0.0.2", 40_000, "10.0.0.1", 80, 14));
        capture.owners(0, WrittenCapture.process(7, "web", 'S', 11, 12),
                WrittenCapture.process(8, "curl", 'S', 13, 14));
        List<String> words = new ArrayList<>(pairs().stream().map(ProcessPairsTest::words).toList());
        assertTrue(words.remove("curl/8 > web/7 10.0.0.1:80 1 0 0 0"), words::toString);
        assertEquals(List.of("web/7 > not-listed 127.0.0.1:40000 1 0 0 0", "curl/8 > not-listed 127.0.0.1:80 1 0 0 0"),
                words);
    }

    @Test
    void unixEndsAreJoinedByInode() {
        UnixDiagMsgBuilder server =
                UnixDiagMsgBuilder.in(LITTLE_ENDIAN).cookie(1).inode(21).name("/run/x.sock".getBytes(UTF_8))
                        .peer(22).rqlen(40, 0).header(h -> h.seq(1));
        UnixDiagMsgBuilder client = UnixDiagMsgBuilder.in(LITTLE_ENDIAN).cookie(2).inode(22).peer(21).rqlen(2, 0)
                .header(h -> h.seq(1));
        capture.dump("unix", UNIX, new DumpBuilder().add(client).add(server)
                .add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).datagrams(32_768));
        capture.owners(0, WrittenCapture.process(7, "db", 'S', 21), WrittenCapture.process(8, "app", 'S', 22));
        assertEquals(List.of("app/8 > db/7 /run/x.sock 1 0 40 2"),
                pairs().stream().map(ProcessPairsTest::words).toList());
    }

    @Test
    void whatWaitsComesFirst() {
        dump(0, tcp(1, "10.0.0.1", 40_000, "10.0.0.9", 1, 5), tcp(1, "10.0.0.1", 40_000, "10.0.0.9", 2, 5),
                tcp(1, "10.0.0.1", 40_001, "10.0.0.9", 2, 5),
                tcp(1, "10.0.0.1", 40_000, "10.0.0.9", 3, 5).queues(0, 8));
        List<ProcessPair> pairs = pairs();
        assertEquals(8, pairs.getFirst().waiting());
        assertEquals(List.of(1, 2, 1), pairs.stream().map(ProcessPair::connections).toList());
    }
}
