package dev.sockreel.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.fixtures.DiagMsgBuilder;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.snapshot.Snapshot;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests each check of a dump against its context: what it must find and what it must ignore. */
class DumpChecksTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final NlmsgBuilder TCP4 = DiagRequest.inet(ORDER, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xfff);
    private static final NlmsgBuilder TCP6 = DiagRequest.inet(ORDER, Uapi.AF_INET6, Uapi.IPPROTO_TCP, 0xff, 0xfff);
    private static final NlmsgBuilder UNIX = DiagRequest.unix(ORDER, 0xffffffffL, 0, 0x77, 0);
    private static final NlmsgBuilder ICONS = DiagRequest.unix(ORDER, 1 << 10, 0, 0x7f, 0);
    private static final NlmsgBuilder NETLINK = DiagRequest.netlink(ORDER, 255, 0xf);

    private final WrittenCapture capture = WrittenCapture.begin(ORDER);

    private static InetDiagMsgBuilder socket(long cookie) {
        return InetDiagMsgBuilder.in(ORDER).cookie(cookie).inode(1000 + cookie);
    }

    private static UnixDiagMsgBuilder unix(long cookie) {
        return UnixDiagMsgBuilder.in(ORDER).cookie(cookie).inode(1000 + cookie).peer(7).rqlen(0, 0);
    }

    private static UnixDiagMsgBuilder listener(long cookie, long pending) {
        return UnixDiagMsgBuilder.in(ORDER).cookie(cookie).inode(1000 + cookie).state(Uapi.TCP_LISTEN)
                .rqlen(pending, 128);
    }

    private DumpChecksTest at(double seconds) {
        capture.snapshot(seconds);
        return this;
    }

    private DumpChecksTest dump(String family, NlmsgBuilder request, List<? extends DiagMsgBuilder<?>> sockets) {
        DumpBuilder messages = new DumpBuilder();
        sockets.forEach(s -> messages.add(s.header(h -> h.seq(1)).toBytes()));
        capture.dump(family, request, messages.add(NlmsgBuilder.done(ORDER, 0).seq(1)).datagrams(32768));
        return this;
    }

    private DumpChecksTest tcp(long... cookies) {
        List<InetDiagMsgBuilder> sockets = new ArrayList<>();
        for (long cookie : cookies) {
            sockets.add(socket(cookie));
        }
        return dump("tcp4", TCP4, sockets);
    }

    private DumpChecksTest unixes(int count) {
        List<UnixDiagMsgBuilder> sockets = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            sockets.add(unix(i));
        }
        return dump("unix", UNIX, sockets);
    }

    private DumpChecksTest text(String name, ProcText.When when, String text) {
        capture.write(new ProcText(capture.index(), 0, "/proc/net/" + name, when, 0, 0, true, ReceiveTime.NONE,
                Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII)));
        return this;
    }

    private DumpChecksTest protocols(int unix, int before, int after) {
        String form = "protocol  size sockets  memory press maxhdr  slab module\n"
                + "UNIX-STREAM 1152 %d  -1 NI 0 yes kernel y y\nUNIX 1152 1 -1 NI 0 yes kernel y y\n"
                + "TCP 2304 %d 51 no 192 yes kernel y y\n";
        text("protocols", ProcText.When.BEFORE_DUMPS, form.formatted(unix - 1, before));
        return text("protocols", ProcText.When.AFTER_DUMPS, form.formatted(unix - 1, after));
    }

    /** Returns family, verdict and fault ids of each dump of a snapshot. */
    private static List<String> judged(Snapshot snapshot) {
        return snapshot.dumps().stream()
                .map(d -> d.family() + " " + d.verdict().id()
                        + String.join("", d.faults().stream().map(f -> " " + f.kind().id()).toList()))
                .toList();
    }

    private List<List<String>> judged() {
        return capture.read().stream().map(DumpChecksTest::judged).toList();
    }

    @Test
    void aSocketThatReturnsMakesTheDumpBetweenInconsistent() {
        List<Snapshot> all = at(0).tcp(1, 2, 3).at(1).tcp(1, 3).at(2).tcp(1, 2, 3).capture.read();
        assertEquals(List.of("tcp4 complete"), judged(all.get(0)));
        assertEquals(List.of("tcp4 inconsistent vanished-and-returned"), judged(all.get(1)));
        assertEquals(List.of("tcp4 complete"), judged(all.get(2)));
        String why = all.get(1).dumps().getFirst().faults().getFirst().why();
        assertTrue(why.startsWith("1 socket is not listed") && why.contains("not proof"), why);
    }

    @Test
    void aSocketThatIsMissingTwiceInARowMakesBothInconsistent() {
        List<String> torn = List.of("tcp4 inconsistent vanished-and-returned");
        List<String> whole = List.of("tcp4 complete");
        assertEquals(List.of(whole, torn, torn, whole),
                at(0).tcp(1, 2).at(1).tcp(1).at(2).tcp(1).at(3).tcp(1, 2).judged());
    }

    /** Only the middle dump has, on both sides, a dump within two steps that lists the socket. */
    @Test
    void ofThreeInARowOneIsFound() {
        List<String> torn = List.of("tcp4 inconsistent vanished-and-returned");
        List<String> whole = List.of("tcp4 complete");
        assertEquals(List.of(whole, whole, torn, whole, whole),
                at(0).tcp(1, 2).at(1).tcp(1).at(2).tcp(1).at(3).tcp(1).at(4).tcp(1, 2).judged());
    }

    @Test
    void aSocketIsCountedOnce() {
        List<Snapshot> all =
                at(0).unixes(3).at(1).unixes(3).at(2).unixes(2).at(3).unixes(3).at(4).unixes(3).capture.read();
        String why = all.get(2).dumps().getFirst().faults().getFirst().why();
        assertTrue(why.startsWith("1 socket is not listed"), why);
    }

    @Test
    void ofUnixSocketsItIsProof() {
        List<Snapshot> all = at(0).unixes(5).at(1).unixes(2).at(2).unixes(4).capture.read();
        Fault fault = all.get(1).dumps().getFirst().faults().getFirst();
        assertEquals(DumpFault.VANISHED_AND_RETURNED, fault.kind());
        assertEquals("2 sockets are not listed, but dumps before and after list the same cookies", fault.why());
    }

    @Test
    void socketsThatGoAndOthersThatComeAreNoFault() {
        assertEquals(
                List.of(List.of("tcp4 complete"), List.of("tcp4 complete"), List.of("tcp4 complete")),
                at(0).tcp(1, 2, 3).at(1).tcp(1, 4).at(2).tcp(1, 4, 5).judged());
    }

    @Test
    void netlinksDoubleListingIsNoFault() {
        List<UnixDiagMsgBuilder> none = List.of();
        assertEquals(List.of(List.of("netlink complete")), at(0).dump("netlink", NETLINK, none).judged());
    }

    /** 2 of 100 and 2 more may be missing where the counts are 100 before and 102 after. */
    @ParameterizedTest
    @ValueSource(ints = {100, 98, 96, 95, 60})
    void countsHaveATolerance(int listed) {
        long[] cookies = new long[listed];
        for (int i = 0; i < listed; i++) {
            cookies[i] = i + 1L;
        }
        String expected = listed < 96 ? "tcp4 inconsistent count-mismatch" : "tcp4 complete";
        assertEquals(List.of(List.of(expected)), at(0).protocols(5, 100, 102).tcp(cookies).judged());
    }

    @Test
    void countsOfSockstatServeWhereProtocolsAreNotRecorded() {
        assertEquals(List.of(List.of("tcp4 inconsistent count-mismatch")),
                at(0).text("sockstat", ProcText.When.BEFORE_DUMPS,
                        "sockets: used 9\nTCP: inuse 9 orphan 0 tw 2 alloc 9 mem 1\n")
                        .tcp(1, 2).judged());
    }

    /** The kernel counts neither TIME-WAIT nor requests, so listing them does not make up for what is missing. */
    @Test
    void miniSocketsAreNotCounted() {
        List<InetDiagMsgBuilder> sockets = new ArrayList<>(List.of(socket(1), socket(2)));
        for (int i = 3; i < 12; i++) {
            sockets.add(socket(i).state(i % 2 == 0 ? Uapi.TCP_TIME_WAIT : Uapi.TCP_SYN_RECV));
        }
        assertEquals(List.of(List.of("tcp4 inconsistent count-mismatch")),
                at(0).protocols(5, 9, 9).dump("tcp4", TCP4, sockets).judged());
    }

    @Test
    void aCountThatIsNotRecordedSaysNothing() {
        assertEquals(List.of(List.of("tcp4 complete")),
                at(0).text("protocols", ProcText.When.BEFORE_DUMPS, "protocol  size sockets\nTCP 1 x\n").tcp(1)
                        .judged());
    }

    /** Unaccepted connections, and closed ends of open sockets, are counted but never listed. */
    @Test
    void unixCountsAllowForWhatIsCountedAndNotListed() {
        List<UnixDiagMsgBuilder> sockets = new ArrayList<>(List.of(listener(1, 10)));
        for (int i = 2; i < 12; i++) {
            sockets.add(UnixDiagMsgBuilder.in(ORDER).cookie(i).inode(i).peer(0).rqlen(0, 0));
        }
        assertEquals(List.of(List.of("unix complete")), at(0).protocols(43, 1, 1).dump("unix", UNIX, sockets).judged());
    }

    @Test
    void unixCountsRevealADumpThatEndedEarly() {
        assertEquals(List.of(List.of("unix inconsistent count-mismatch")),
                at(0).protocols(201, 1, 1).unixes(31).judged());
    }

    @Test
    void aDumpThatIconsEndedIsTruncated() {
        List<UnixDiagMsgBuilder> all = List.of(listener(1, 0), listener(2, 9000), listener(3, 0));
        List<Snapshot> read = at(0).dump("unix", UNIX, all).dump("unix-icons", ICONS, all.subList(0, 1)).capture.read();
        assertEquals(List.of("unix complete", "unix-icons truncated icons-overflow"), judged(read.getFirst()));
        assertEquals("2 of 3 listeners are missing, one of them with 9000 pending connections",
                read.getFirst().dumps().getLast().faults().getFirst().why());
    }

    @Test
    void aListenerThatWasClosedInBetweenIsNoOverflow() {
        List<UnixDiagMsgBuilder> all = List.of(listener(1, 5), listener(2, 9000), listener(3, 100));
        assertEquals(List.of(List.of("unix complete", "unix-icons complete")),
                at(0).dump("unix", UNIX, all).dump("unix-icons", ICONS, all.subList(0, 2)).judged());
    }

    private static InetDiagMsgBuilder end(long cookie, String local, int localPort, String remote, int remotePort) {
        return socket(cookie).local(local, localPort).remote(remote, remotePort);
    }

    @Test
    void aLoopbackConnectionWithOneEndIsTorn() {
        List<InetDiagMsgBuilder> sockets = List.of(
                end(1, "127.0.0.1", 80, "127.0.0.1", 5001), end(2, "127.0.0.1", 5001, "127.0.0.1", 80),
                end(3, "127.0.0.1", 80, "127.0.0.1", 5002));
        assertEquals(List.of(List.of("tcp4 inconsistent half-connection")), at(0).dump("tcp4", TCP4, sockets).judged());
    }

    /** Tests a redirect, a client of a server whose IPv6 dump is missing, and a connection to another host. */
    @Test
    void otherOneEndedConnectionsAreNot() {
        List<InetDiagMsgBuilder> sockets = List.of(
                end(1, "127.0.0.1", 80, "127.0.0.1", 5001), end(2, "127.0.0.1", 5001, "127.0.0.1", 80),
                end(3, "127.0.0.1", 80, "127.0.0.1", 5002), end(4, "127.0.0.1", 5002, "127.0.0.1", 8080),
                end(5, "127.0.0.1", 5003, "127.0.0.1", 90),
                end(6, "192.0.2.1", 80, "192.0.2.2", 5002),
                end(7, "127.0.0.1", 5004, "127.0.0.1", 70).state(Uapi.TCP_SYN_SENT));
        assertEquals(List.of(List.of("tcp4 complete")), at(0).dump("tcp4", TCP4, sockets).judged());
    }

    @Test
    void mappedAddressesFindTheirOtherEndInTheOtherDump() {
        List<InetDiagMsgBuilder> v6 = List.of(
                end(1, "::ffff:127.0.0.1", 80, "::ffff:127.0.0.1", 5001).family(Uapi.AF_INET6),
                end(2, "::1", 80, "::1", 5002).family(Uapi.AF_INET6),
                end(3, "::1", 5002, "::1", 80).family(Uapi.AF_INET6));
        assertEquals(List.of(List.of("tcp4 complete", "tcp6 complete")),
                at(0).dump("tcp4", TCP4, List.of(end(4, "127.0.0.1", 5001, "127.0.0.1", 80)))
                        .dump("tcp6", TCP6, v6).judged());
    }

    @Test
    void aDumpThatTookLongerThanTheIntervalIsSlowAndComplete() {
        capture.write(new HostEvidence(Map.of(HostEvidence.INTERVAL_NS, "1000000000")));
        at(0);
        capture.timedDump("tcp4", TCP4, 1.5, List.of(NlmsgBuilder.done(ORDER, 0).seq(1).toBytes()));
        capture.timedDump("tcp4", TCP4, 0.5, List.of(NlmsgBuilder.done(ORDER, 0).seq(1).toBytes()));
        assertEquals(List.of(List.of("tcp4 complete slow-dump", "tcp4 complete")), judged());
    }
}
