package dev.sockreel.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.detector.Story;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.history.HistoryPoint.NotObserved;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import dev.sockreel.verdict.WrittenCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests histories of one socket with synthetic lives. */
class HistoryStoriesTest {
    private static InetDiagMsgBuilder socket(long cookie, long inode, int state) {
        return InetDiagMsgBuilder.in(Story.ORDER)
                .local("10.0.0.1", 80)
                .remote("10.0.0.2", 5000)
                .cookie(cookie)
                .inode(inode)
                .state(state);
    }

    private static InetDiagMsgBuilder established(long bytesReceived, long segsOut) {
        return socket(1, 100, Uapi.TCP_ESTABLISHED).info(TcpInfoBuilder.ofLength(232)
                .set("tcpi_bytes_received", bytesReceived)
                .set("tcpi_segs_out", segsOut));
    }

    private static List<SocketHistory> all(List<Snapshot> snapshots) {
        HistoryRun run = HistoryRun.where(row -> true);
        snapshots.forEach(run::add);
        return run.finish();
    }

    /** Describes a history: {@code Seen 0-1, Gone 2-4}. */
    private static String shape(SocketHistory history) {
        return history.points().stream()
                .map(p -> p.getClass().getSimpleName() + " " + p.first().turn() + "-" + p.last().turn())
                .collect(Collectors.joining(", "));
    }

    /** Inode 0, then a descriptor's, then 0 again are one socket with one cookie. */
    @Test
    void fromUnacceptedToTimeWaitIsOneLife() {
        List<SocketHistory> found = all(Story.begin()
                .at(0).tcp(socket(1, 0, Uapi.TCP_ESTABLISHED))
                .at(1).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED))
                .at(2).tcp(socket(1, 0, Uapi.TCP_TIME_WAIT))
                .snapshots());
        assertEquals(1, found.size());
        assertEquals("Seen 0-0, Seen 1-1, Seen 2-2", shape(found.getFirst()));
        assertEquals(List.of(0L, 100L, 0L),
                found.getFirst().seen().stream().map(s -> s.reading().inode()).toList());
        assertEquals(List.of("ESTAB", "ESTAB", "TIME-WAIT"),
                found.getFirst().seen().stream().map(s -> s.reading().state()).toList());
    }

    /** Addresses and even the inode are reused, the cookie is not. */
    @Test
    void aReusedTupleAndInodeAreAnotherSocket() {
        List<SocketHistory> found = all(Story.begin()
                .at(0).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED))
                .at(1).tcp(socket(2, 100, Uapi.TCP_ESTABLISHED))
                .snapshots());
        assertEquals(List.of("Seen 0-0, Gone 1-1", "Seen 1-1"),
                found.stream().map(HistoryStoriesTest::shape).toList());
    }

    @Test
    void onceMissedBetweenTwoSightingsItWasNotGone() {
        SocketHistory history = all(Story.begin()
                .at(0).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED)).at(1).tcp()
                .at(2).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED)).snapshots())
                .getFirst();
        assertEquals("Seen 0-0, NotObserved 1-1, Seen 2-2", shape(history));
        NotObservedReason why = ((NotObserved) history.points().get(1)).why();
        assertEquals(DumpVerdict.INCONSISTENT, why.verdict());
        assertTrue(why.why().startsWith("the tcp4 dump is inconsistent: 1 socket is not listed"), why.why());
    }

    /** A socket that two dumps in a row lack and that returns with the same cookie was missed by both. */
    @Test
    void missedTwiceItWasNotGone() {
        SocketHistory history = all(Story.begin()
                .at(0).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED)).at(1).tcp().at(2).tcp()
                .at(3).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED)).snapshots())
                .getFirst();
        assertEquals("Seen 0-0, NotObserved 1-2, Seen 3-3", shape(history));
    }

    /** A socket absent from many complete dumps was gone; the same cookie may return, as with udp. */
    @Test
    void whatIsGoneMayComeBack() {
        SocketHistory history = all(Story.begin()
                .at(0).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED)).at(1).tcp().at(2).tcp().at(3).tcp().at(4).tcp()
                .at(5).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED)).snapshots())
                .getFirst();
        assertEquals("Seen 0-0, Gone 1-4, Seen 5-5", shape(history));
        assertEquals(2, history.snapshotsSeen());
    }

    @Test
    void aFamilyThatWasNotRequestedShowsNothing() {
        SocketHistory history = all(Story.begin()
                .at(0).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED)).at(1).unix().snapshots())
                .getFirst();
        assertEquals("Seen 0-0, NotObserved 1-1", shape(history));
        NotObservedReason why = ((NotObserved) history.points().getLast()).why();
        assertEquals(null, why.verdict());
        assertEquals("no dump of the snapshot asked for all sockets of its kind and state", why.why());
    }

    /** A cookie reused after a reboot is another socket, and the end of the first was not observed. */
    @Test
    void anotherBootIsAnotherSocket() {
        List<Snapshot> snapshots = new ArrayList<>(Story.begin()
                .at(0).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED)).snapshots());
        Story.begin().at(9).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED)).snapshots()
                .forEach(s -> snapshots.add(s.ofBoot("boot-2")));
        assertEquals(List.of("Seen 0-0, NotObserved 1-1", "Seen 1-1"),
                all(snapshots).stream().map(HistoryStoriesTest::shape).toList());
    }

    /** Two captures of one boot are one timeline. */
    @Test
    void anotherCaptureOfTheBootGoesOn() {
        List<Snapshot> snapshots = new ArrayList<>(Story.begin()
                .at(0).tcp(established(10, 1)).at(1).tcp(established(20, 1)).snapshots());
        snapshots.addAll(Story.begin().at(10).tcp(established(20, 1)).at(11).tcp(established(50, 1)).snapshots());
        SocketHistory history = all(snapshots).getFirst();
        assertEquals("Seen 0-0, Seen 1-2, Seen 3-3", shape(history));
        assertEquals(0, history.points().get(1).last().snapshot());
        assertEquals(30.0,
                Rates.perSecond(history.seen().get(1), history.seen().get(2), TcpInfo.BYTES_RECEIVED).orElseThrow());
    }

    @Test
    void ratesAreGrowthByTime() {
        List<Seen> seen = all(Story.begin()
                .at(0).tcp(established(100, 0xffff_fff0L)).at(4).tcp(established(1100, 0x10L)).snapshots())
                .getFirst().seen();
        assertEquals(250.0, Rates.perSecond(seen.getFirst(), seen.getLast(), TcpInfo.BYTES_RECEIVED).orElseThrow());
        // The 32-bit counter wrapped around.
        assertEquals(8.0, Rates.perSecond(seen.getFirst(), seen.getLast(), TcpInfo.SEGS_OUT).orElseThrow());
    }

    /** A tcp_info of 144 bytes ends before tcpi_bytes_sent; a TIME-WAIT socket has none at all. */
    @Test
    void whatIsAbsentHasNoRate() {
        InetDiagMsgBuilder old = socket(1, 100, Uapi.TCP_ESTABLISHED)
                .info(TcpInfoBuilder.ofLength(144).set("tcpi_bytes_received", 7));
        List<Seen> seen = all(Story.begin().at(0).tcp(old).at(1).tcp(established(9, 1))
                .at(2).tcp(socket(1, 0, Uapi.TCP_TIME_WAIT)).snapshots())
                .getFirst().seen();
        assertTrue(seen.getFirst().reading().counters().of(TcpInfo.BYTES_SENT).isEmpty());
        assertTrue(Rates.perSecond(seen.get(0), seen.get(1), TcpInfo.BYTES_SENT).isEmpty());
        assertEquals(2.0, Rates.perSecond(seen.get(0), seen.get(1), TcpInfo.BYTES_RECEIVED).orElseThrow());
        assertTrue(Rates.perSecond(seen.get(1), seen.get(2), TcpInfo.BYTES_RECEIVED).isEmpty());
        assertEquals(Socket.UNKNOWN, seen.getLast().reading().unread());
        assertTrue(
                seen.getLast().reading().counters().byName().keySet().stream().noneMatch(f -> f.startsWith("tcpi_")));
    }

    /** A socket is followed after its first match, even if it no longer matches. */
    @Test
    void aWantedSocketIsFollowedOn() {
        HistoryRun run = HistoryRun.where(row -> row.socket().unread().orElse(0) > 0);
        Story.begin()
                .at(0).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED).queues(0, 0))
                .at(1).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED).queues(5, 0))
                .at(2).tcp(socket(1, 100, Uapi.TCP_ESTABLISHED).queues(0, 0))
                .snapshots().forEach(run::add);
        SocketHistory history = run.finish().getFirst();
        assertEquals("Seen 1-1, Seen 2-2", shape(history));
    }

    /** An sctp socket and its associations share a cookie but have separate histories. */
    @Test
    void sctpAssociationsAreDistinguished() {
        NlmsgBuilder request = DiagRequest.inet(Story.ORDER, Uapi.AF_INET, Uapi.IPPROTO_SCTP, 0xff, 0xffffffffL);
        WrittenCapture capture = WrittenCapture.begin(Story.ORDER);
        for (int t = 0; t < 2; t++) {
            DumpBuilder dump = new DumpBuilder()
                    .add(socket(1, 100, Uapi.TCP_LISTEN).remote("0.0.0.0", 0).header(h -> h.seq(1)).toBytes())
                    .add(socket(1, 100, 3).remote("10.0.0.2", 7000).header(h -> h.seq(1)).toBytes())
                    .add(socket(1, 100, 3).remote("10.0.0.3", 7000).header(h -> h.seq(1)).toBytes())
                    .add(NlmsgBuilder.done(Story.ORDER, 0).seq(1));
            capture.snapshot(t).dump("sctp4", request, dump.datagrams(32768));
        }
        List<SocketHistory> found = all(capture.read());
        assertEquals(List.of("Seen 0-1", "Seen 0-1", "Seen 0-1"),
                found.stream().map(HistoryStoriesTest::shape).toList());
    }
}
