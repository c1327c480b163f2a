package dev.sockreel.detector;

import static dev.sockreel.detector.Story.tcp;
import static dev.sockreel.detector.Story.tcpListener;
import static dev.sockreel.detector.Story.tcpWithoutInfo;
import static dev.sockreel.detector.Story.unix;
import static dev.sockreel.verdict.WrittenCapture.process;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.finding.What;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NetlinkDiagMsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Synthetic histories of listeners, senders, and sockets that nobody holds; and rules for all findings. */
class OtherStoriesTest {
    private static final List<String> NOTHING = List.of();
    /** idiag_timer of a zero-window probe, include/net/tcp.h by way of inet_diag.c. */
    private static final int PROBE = 4;

    /** An EOF alone is nothing to read: recvQ 1 in CLOSE-WAIT holds no byte. */
    @Test
    void anUnreadEofIsNoUnreadData() {
        assertEquals(List.of("eof-unread/proved/null"), Story.begin()
                .at(0).tcp(tcp(1, 1).state(Uapi.TCP_CLOSE_WAIT)).at(1).tcp(tcp(1, 1).state(Uapi.TCP_CLOSE_WAIT))
                .at(2).tcp(tcp(1, 1).state(Uapi.TCP_CLOSE_WAIT)).found());
    }

    @Test
    void aConnectionNobodyAcceptedHasNoReaderThatCouldBeStuck() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcp(9, 9).inode(0));
        }
        assertEquals(List.of("never-accepted/proved/null"), story.found());
    }

    /** The reader keeps up, or empties its queue now and then. */
    @Test
    void aQueueThatFallsNowAndThenIsNotSlow() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(50, 500)).at(1).tcp(tcp(90, 1500)).at(2).tcp(tcp(40, 2500)).at(3).tcp(tcp(95, 3500))
                .found());
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(50, 50)).at(1).tcp(tcp(51, 10_000)).at(2).tcp(tcp(52, 20_000)).found());
    }

    @Test
    void aConnectionThatWasAcceptedInTheEndIsNone() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(9, 9).inode(0)).at(1).tcp(tcp(9, 9).inode(0)).at(2).tcp(tcp(9, 9).inode(0))
                .at(3).tcp(tcp(0, 9)).found());
    }

    @Test
    void theConnectionsOfAListenerThatNeverAcceptsAreNamedWithIt() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcpListener(1, 1), tcp(9, 9).inode(0));
        }
        List<Finding> found = story.findings();
        assertEquals(List.of("never-accepted", "accept-queue-waiting"), found.stream().map(Finding::id).toList());
        assertEquals("127.0.0.1:80", found.getFirst().evidence().getFirst().fields().get("listener"));
        assertEquals(2, found.getLast().socket().socket().cookie());
    }

    /** UNIX_DIAG_ICONS shows them; clients that come and go in the queue are no finding. */
    @Test
    void clientsThatStayInAUnixListenersQueueWait() {
        assertEquals(List.of("accept-queue-waiting/proved/null"), Story.begin()
                .at(0).unix(unixListener(5, 6)).at(1).unix(unixListener(6, 7)).at(2).unix(unixListener(8, 6)).found());
        assertEquals(NOTHING, Story.begin()
                .at(0).unix(unixListener(5)).at(1).unix(unixListener(6)).at(2).unix(unixListener(7)).found());
    }

    private static UnixDiagMsgBuilder unixListener(long... clients) {
        return UnixDiagMsgBuilder.in(Story.ORDER).cookie(9).inode(900).state(Uapi.TCP_LISTEN).rqlen(clients.length, 9)
                .icons(clients);
    }

    private static InetDiagMsgBuilder sender(long sendQ, long acked, long window) {
        return tcpWithoutInfo(0).queues(0, sendQ).info(TcpInfoBuilder.ofLength(232)
                .set("tcpi_bytes_acked", acked).set("tcpi_snd_wnd", window));
    }

    @Test
    void aZeroWindowAccusesTheOtherEndAndOneOfSomeBytesDoesNot() {
        List<Finding> zero = Story.begin().at(0).tcp(sender(5000, 70, 0)).at(1).tcp(sender(6000, 70, 0))
                .at(2).tcp(sender(6000, 70, 0)).findings();
        assertEquals(List.of("send-stalled WARNING PROVED"), Story.weighed(zero));
        List<Finding> some = Story.begin().at(0).tcp(sender(5000, 70, 100)).at(1).tcp(sender(6000, 70, 0))
                .at(2).tcp(sender(6000, 70, 0)).findings();
        assertEquals(List.of("send-stalled WARNING LIKELY"), Story.weighed(some));
        assertTrue(some.getFirst().why().endsWith("no acks: the cause is the network or the peer."),
                some.getFirst().why());
    }

    /** The probe timer also runs beside an open window where the device is down or no route leads there: Linux 6.18. */
    @Test
    void aProbeTimerBesideAnOpenWindowAccusesThisHostNotThePeer() {
        List<Finding> found = heldBack().findings();
        assertEquals(List.of("send-stalled WARNING LIKELY"), Story.weighed(found));
        assertTrue(found.getFirst().why().contains("this host cannot send"), found.getFirst().why());
        Cause cause = heldBack().causes().getFirst();
        assertEquals(What.NO_ACKS, cause.what());
        assertEquals(List.of(), cause.processes());
        assertEquals("Nothing can leave this host for 127.0.0.1 (route or device): 5.0 KB unsent in 1 socket.",
                cause.sentence());
    }

    private static Story heldBack() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(sender(5000, 70, 100_352).timer(PROBE));
        }
        return story;
    }

    /** The window is not known before Linux 5.4, so the timer alone makes it likely. */
    @Test
    void aProbeTimerWithoutAWindowMakesItLikely() {
        List<Finding> found = probesAlone().findings();
        assertEquals(List.of("send-stalled WARNING LIKELY"), Story.weighed(found));
        assertFalse(found.getFirst().evidence().getFirst().fields().containsKey("zeroWindow"));
        assertEquals(List.of(What.PEER_TAKES_NO_MORE), probesAlone().causes().stream().map(Cause::what).toList());
    }

    private static Story probesAlone() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcpWithoutInfo(0).queues(0, 5000).timer(PROBE)
                    .info(TcpInfoBuilder.ofLength(192).set("tcpi_bytes_acked", 70)));
        }
        return story;
    }

    @Test
    void whatIsAckedOrOnlyConnectsIsNotStalled() {
        assertEquals(NOTHING, Story.begin().at(0).tcp(sender(5000, 70, 0)).at(1).tcp(sender(5000, 71, 0))
                .at(2).tcp(sender(5000, 72, 0)).found());
        assertEquals(NOTHING, Story.begin().at(0).tcp(sender(1, 0, 0).state(Uapi.TCP_SYN_SENT))
                .at(1).tcp(sender(1, 0, 0).state(Uapi.TCP_SYN_SENT)).at(2).tcp(sender(1, 0, 0).state(Uapi.TCP_SYN_SENT))
                .found());
    }

    /** Only a complete scan shows that nobody holds it; a scan with unreadable processes shows nothing. */
    @Test
    void unreadDataThatNobodyHolds() {
        Story inFlight = Story.begin();
        Story unknown = Story.begin();
        for (int i = 0; i < 3; i++) {
            inFlight.at(i).unix(unix(19)).owners(process(1, "init", 'S', 1));
            unknown.at(i).unix(unix(19)).owners(1, process(1, "init", 'S', 1));
        }
        assertEquals(List.of("no-owner-unread/likely/constant", "unread-unproven/cannot-tell/constant"),
                inFlight.found());
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), unknown.found());
    }

    /** The kernel's own netlink socket has a request queued while it answers, such as the recorder's. */
    @Test
    void theKernelsOwnNetlinkSocketIsNotAccused() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).netlink(netlink(0, 1), netlink(77, 2)).owners(process(1, "init", 'S', 1));
        }
        assertEquals(Set.of(2L), story.findings().stream()
                .map(f -> f.socket().socket().cookie())
                .collect(Collectors.toSet()));
    }

    private static NetlinkDiagMsgBuilder netlink(long portid, long cookie) {
        return NetlinkDiagMsgBuilder.in(Story.ORDER).protocol(4).portid(portid).inode(700 + cookie).cookie(cookie)
                .meminfo(768, 212992, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void aSocketThatIsAcceptedFromFlightIsHeldAndNotAccused() {
        Story story = Story.begin();
        for (int i = 0; i < 4; i++) {
            story.at(i).unix(unix(19)).owners(process(1, "init", 'S', i == 3 ? 700 : 1));
        }
        assertEquals(List.of("no-owner-unread/likely/constant", "unread-unproven/cannot-tell/constant"), story.found());
        Story moves = Story.begin();
        for (int i = 0; i < 4; i++) {
            moves.at(i).unix(unix(19)).owners(process(1, "init", 'S', i % 2 == 0 ? 700 : 1));
        }
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), moves.found());
    }

    private static InetDiagMsgBuilder dropping(long drops) {
        return tcpWithoutInfo(0).skmeminfo(0, 0, 0, 0, 0, 0, 0, 0, drops);
    }

    /** Drops from before the capture are not reported. */
    @Test
    void onlyGrowingDropsAreReported() {
        assertEquals(NOTHING, Story.begin().at(0).tcp(dropping(5)).at(1).tcp(dropping(5)).found());
        assertEquals(List.of("drops/proved/null"), Story.begin().at(0).tcp(dropping(5)).at(1).tcp(dropping(7)).found());
        assertEquals(List.of("drops/proved/null"), Story.begin().at(0).tcp(dropping(0)).at(1).tcp(dropping(2)).found());
        assertEquals(NOTHING, Story.begin().at(0).tcp().at(1).tcp(dropping(2)).found());
        Finding wrapped = Story.begin().at(0).tcp(dropping(0xffffffffL)).at(1).tcp(dropping(2)).findings().getFirst();
        assertTrue(wrapped.why().startsWith("3 segments were not taken"), wrapped.why());
    }

    /** The finding is as certain as its cause, and there is none without a cause. */
    @Test
    void whoWaitsForAStuckUnixReaderFollowsItsCause() {
        Story story = Story.begin();
        Story grows = Story.begin();
        Story noCause = Story.begin();
        for (int i = 0; i < 3; i++) {
            UnixDiagMsgBuilder sender = UnixDiagMsgBuilder.in(Story.ORDER).cookie(8).inode(701).rqlen(0, 768).peer(700);
            story.at(i).unix(unix(9), sender);
            grows.at(i).unix(unix(9 + i), sender);
            noCause.at(i).unix(unix(0), sender);
        }
        assertEquals(List.of("unread-unproven/cannot-tell/constant", "unix-peer-stuck/cannot-tell/null"),
                story.found());
        assertEquals(List.of("unread-unproven/likely/growing", "unix-peer-stuck/likely/null"), grows.found());
        assertEquals(NOTHING, noCause.found());
    }

    @Test
    void bothThresholdsMustBeReached() {
        assertEquals(NOTHING, Story.begin().at(0).tcp(tcp(9, 9)).at(60).tcp(tcp(9, 9)).found());
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(9, 9)).at(0.5).tcp(tcp(9, 9)).at(1.9).tcp(tcp(9, 9)).found());
        assertEquals(1, Story.begin()
                .at(0).tcp(tcp(9, 9)).at(0.5).tcp(tcp(9, 9)).at(2.0).tcp(tcp(9, 9)).found().size());
        assertEquals(1, Story.begin().thresholds(new Thresholds(2, Duration.ofMillis(100)))
                .at(0).tcp(tcp(9, 9)).at(0.1).tcp(tcp(9, 9)).found().size());
        assertEquals(NOTHING, Story.begin().thresholds(new Thresholds(4, Duration.ofSeconds(2)))
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(9).tcp(tcp(9, 9)).found());
    }

    /** Equal consecutive observations are merged, but still counted. */
    @Test
    void manyEqualSnapshotsAreAllCounted() {
        Story story = Story.begin();
        for (int i = 0; i < 50; i++) {
            story.at(i).tcp(tcp(9, 9));
        }
        Finding found = story.findings().getFirst();
        assertEquals(50, found.snapshots());
        assertEquals(List.of(0, 49), found.evidence().stream().map(Evidence::snapshot).toList());
    }

    @Test
    void aFullAcceptQueueNeedsNoWindow() {
        assertEquals(List.of("accept-queue-full/proved/null"),
                Story.begin().at(0).tcp(tcpListener(3, 2)).found());
        // As many as the limit: one more still fits.
        assertEquals(NOTHING, Story.begin().at(0).tcp(tcpListener(2, 2)).found());
    }

    /** Two recordings both begin with snapshot 0: a socket of the first is not seen in the second. */
    @Test
    void snapshotsOfTwoCapturesAreTwoThoughTheirNumbersAreEqual() {
        FindingsRun run = new FindingsRun(Thresholds.DEFAULT);
        for (List<dev.sockreel.snapshot.Snapshot> capture : List.of(
                Story.begin().at(0).tcp(tcp(9, 9)).snapshots(),
                Story.begin().at(1).tcp().snapshots(),
                Story.begin().at(2).tcp(tcp(9, 9)).at(3).tcp(tcp(9, 9)).snapshots())) {
            capture.forEach(run::add);
        }
        assertEquals(NOTHING, run.finish().findings());
    }

    @Test
    void aListenersQueueIsNoUnreadData() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcpListener(2, 128));
        }
        assertEquals(NOTHING, story.found());
    }
}
