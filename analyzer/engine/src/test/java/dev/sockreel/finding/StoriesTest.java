package dev.sockreel.finding;

import static dev.sockreel.finding.Story.tcp;
import static dev.sockreel.finding.Story.tcpListener;
import static dev.sockreel.finding.Story.tcpWithoutInfo;
import static dev.sockreel.finding.Story.unix;
import static dev.sockreel.snapshot.WrittenCapture.process;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Invented histories of one socket, and what may be said of each. */
class StoriesTest {
    private static final List<String> NOTHING = List.of();

    @Test
    void theSameBytesAreStuck() {
        assertEquals(List.of("unread-stuck/proved/constant"), Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(2).tcp(tcp(9, 9)).told());
    }

    @Test
    void moreBytesEachTimeAreStuckAndGrow() {
        assertEquals(List.of("unread-stuck/proved/growing"), Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(19, 19)).at(2).tcp(tcp(19, 19)).at(3).tcp(tcp(500, 500)).told());
    }

    /** The queue's length is the same in all snapshots; the counter tells that all of it was read in between. */
    @Test
    void whoReadsAndIsFilledAgainToTheSameSizeIsNotStuck() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 509)).at(2).tcp(tcp(9, 1009)).at(3).tcp(tcp(9, 1509)).told());
    }

    @Test
    void whoReadsOneByteASnapshotIsNotStuck() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(50, 50)).at(1).tcp(tcp(49, 50)).at(2).tcp(tcp(48, 50)).at(3).tcp(tcp(47, 50)).told());
    }

    @Test
    void whoReadsSlowerThanDataArrivesIsNotStuck() {
        assertEquals(List.of("unread-slow/proved/growing"), Story.begin()
                .at(0).tcp(tcp(50, 50)).at(1).tcp(tcp(100, 130)).at(2).tcp(tcp(150, 210)).at(3).tcp(tcp(200, 290))
                .at(4).tcp(tcp(250, 370)).told());
        // not more was read than arrives at once: the position alone is no proof that anything was
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(50, 50)).at(1).tcp(tcp(100, 110)).at(2).tcp(tcp(150, 170)).at(3).tcp(tcp(200, 230)).told());
    }

    /** The FIN counts in both numbers: the position stays where it was, and so does what is unread. */
    @Test
    void aFinThatArrivesReadsNothing() {
        List<Finding> found = Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9))
                .at(2).tcp(tcp(10, 10).state(Uapi.TCP_CLOSE_WAIT))
                .at(3).tcp(tcp(10, 10).state(Uapi.TCP_CLOSE_WAIT))
                .findings();
        assertEquals(1, found.size());
        assertEquals(4, found.getFirst().snapshots());
        assertEquals(Set.of(9L), found.getFirst().evidence().stream()
                .map(e -> e.fields().get("unread")).collect(Collectors.toSet()));
        assertEquals(Set.of(0L), found.getFirst().evidence().stream()
                .map(e -> e.fields().get("readPosition")).collect(Collectors.toSet()));
    }

    /** Data that arrives between the kernel's two readings makes the position too high, in that dump alone. */
    @Test
    void onePositionThatIsTooHighIsNoReading() {
        List<Finding> found = Story.begin()
                .at(0).tcp(tcp(100, 100)).at(1).tcp(tcp(100, 110)).at(2).tcp(tcp(110, 110)).at(3).tcp(tcp(110, 110))
                .findings();
        assertEquals(1, found.size());
        assertEquals(4, found.getFirst().snapshots());
        assertTrue(found.getFirst().why().contains("stayed at 0"), found.getFirst().why());
    }

    /** Proved since the first dump that shows the position itself; before it something may have been read. */
    @Test
    void aPositionThatIsTooHighInTheFirstDumpIsNoReading() {
        List<Finding> proved = Story.begin()
                .at(0).tcp(tcp(100, 24821)).at(1).tcp(tcp(24821, 24821)).at(2).tcp(tcp(24821, 24821))
                .at(3).tcp(tcp(24821, 24821))
                .findings();
        assertEquals(List.of("unread-stuck CRITICAL PROVED"), words(proved));
        assertEquals(3, proved.getFirst().snapshots());
        List<Finding> likely = Story.begin()
                .at(0).tcp(tcp(100, 24821)).at(1).tcp(tcp(24821, 24821)).at(2).tcp(tcp(24821, 24821))
                .findings();
        assertEquals(List.of("unread-stuck CRITICAL LIKELY"), words(likely));
        assertEquals(3, likely.getFirst().snapshots());
    }

    /** Nothing later says that the last one was too high: the window ends before it, and is long enough. */
    @Test
    void aPositionThatMovesAtTheEndEndsTheWindowBeforeIt() {
        List<Finding> found = Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(2).tcp(tcp(9, 9)).at(3).tcp(tcp(9, 14)).findings();
        assertEquals(1, found.size());
        assertEquals(3, found.getFirst().snapshots());
    }

    @Test
    void stuckThenReadThenStuckIsTheLongerWindow() {
        List<Finding> found = Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(2).tcp(tcp(9, 9))
                .at(3).tcp(tcp(5, 14)).at(4).tcp(tcp(5, 14)).at(5).tcp(tcp(5, 14)).at(6).tcp(tcp(5, 14))
                .findings();
        assertEquals(1, found.size());
        assertEquals(4, found.getFirst().snapshots());
        assertTrue(found.getFirst().why().contains("stayed at 9"), found.getFirst().why());
    }

    @Test
    void theSameAddressesWithANewCookieAreAnotherSocket() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9))
                .at(2).tcp(tcp(9, 9).cookie(2).inode(101)).at(3).tcp(tcp(9, 9).cookie(2).inode(101))
                .told());
    }

    @Test
    void aSocketThatWasGoneInBetweenIsNotFollowedOn() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(2).tcp().at(3).tcp().at(4).tcp().at(5).tcp()
                .at(6).tcp(tcp(9, 9)).at(7).tcp(tcp(9, 9)).told());
    }

    /** The same cookie before and after: the dump between was torn, and the position proves what was not read. */
    @Test
    void aDumpThatLostTheSocketIsNoGoneSocket() {
        List<Finding> found = Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(2).tcp().at(3).tcp(tcp(9, 9)).at(4).tcp(tcp(9, 9))
                .findings();
        assertEquals(1, found.size());
        assertEquals(4, found.getFirst().snapshots());
    }

    /** The position proves it across a snapshot that could not look; that one is not counted. */
    @Test
    void aSnapshotThatCouldNotSeeItIsNoProofOfAnything() {
        List<Finding> found = Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcpMissing().at(2).tcp(tcp(9, 9)).at(3).tcpUnfinished().at(4).tcp(tcp(9, 9))
                .findings();
        assertEquals(1, found.size());
        assertEquals(3, found.getFirst().snapshots());
        assertEquals(List.of(0, 4), found.getFirst().evidence().stream().map(Evidence::snapshot).toList());
    }

    /** unix: growing over a gap is not said to have only ever grown. */
    @Test
    void aGapTakesTheLikelyOffAUnixSocket() {
        assertEquals(List.of("unread-unproven/cannot-tell/growing"), Story.begin()
                .at(0).unix(unix(10)).at(1).tcp().at(2).unix(unix(20)).at(3).unix(unix(30)).told());
    }

    @Test
    void aSocketListedInABrokenOffDumpIsSeen() {
        assertEquals(List.of("unread-stuck/proved/constant"), Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcpUnfinished(tcp(9, 9)).at(2).tcp(tcp(9, 9)).told());
    }

    @Test
    void unixDataThatOnlyGrowsIsLikely() {
        assertEquals(List.of("unread-unproven/likely/growing"), Story.begin()
                .at(0).unix(unix(10)).at(1).unix(unix(10)).at(2).unix(unix(30)).told());
    }

    @Test
    void unixDataThatFellOnceIsReadBySomebody() {
        assertEquals(NOTHING, Story.begin()
                .at(0).unix(unix(10)).at(1).unix(unix(30)).at(2).unix(unix(29)).at(3).unix(unix(60)).told());
    }

    @Test
    void constantUnixDataCannotBeTold() {
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), Story.begin()
                .at(0).unix(unix(9)).at(1).unix(unix(9)).at(2).unix(unix(9)).told());
    }

    @Test
    void constantUnixDataWhoseOwnersAreAllStoppedIsLikely() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).unix(unix(9)).owners(process(7, "a", 'T', 700), process(8, "b", 'T', 700));
        }
        List<Finding> found = story.findings();
        assertEquals(1, found.size());
        assertEquals(Certainty.LIKELY, found.getFirst().certainty());
        assertTrue(found.getFirst().why().contains("stopped"), found.getFirst().why());
        assertTrue(found.getFirst().next().contains("kill -CONT 7"), found.getFirst().next());
    }

    @Test
    void oneOwnerThatRunsCanRead() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).unix(unix(9)).owners(process(7, "a", 'T', 700), process(8, "b", 'S', 700));
        }
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), story.told());
    }

    @Test
    void anOwnerThatWasContinuedOnceCanHaveRead() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).unix(unix(9)).owners(process(7, "a", i == 1 ? 'S' : 'T', 700));
        }
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), story.told());
    }

    /** With kernel TLS the position may move, or stay, without the application. */
    @Test
    void anUlpMayReadInTheKernel() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcp(9, 9).attributes(
                    a -> a.nested(Uapi.INET_DIAG_ULP_INFO | Uapi.NLA_F_NESTED, n -> n.text(1, "tls"))));
        }
        List<Finding> found = story.findings();
        assertEquals(1, found.size());
        assertEquals(Certainty.LIKELY, found.getFirst().certainty());
        assertTrue(found.getFirst().why().contains("tls"), found.getFirst().why());
    }

    /** Linux before 4.1: tcp_info ends before tcpi_bytes_received. */
    @Test
    void withoutTheByteCounterNothingIsProved() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcpWithoutInfo(9).info(TcpInfoBuilder.ofLength(104)));
        }
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), story.told());
        assertEquals(List.of("unread-unproven/likely/growing"), Story.begin()
                .at(0).tcp(tcpWithoutInfo(9)).at(1).tcp(tcpWithoutInfo(10)).at(2).tcp(tcpWithoutInfo(11)).told());
    }

    /** An EOF alone is nothing to read: recvQ 1 in CLOSE-WAIT holds no byte. */
    @Test
    void anUnreadEofIsNoUnreadData() {
        assertEquals(List.of("eof-unread/proved/null"), Story.begin()
                .at(0).tcp(tcp(1, 1).state(Uapi.TCP_CLOSE_WAIT)).at(1).tcp(tcp(1, 1).state(Uapi.TCP_CLOSE_WAIT))
                .at(2).tcp(tcp(1, 1).state(Uapi.TCP_CLOSE_WAIT)).told());
    }

    @Test
    void aConnectionNobodyAcceptedHasNoReaderThatCouldBeStuck() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcp(9, 9).inode(0));
        }
        assertEquals(List.of("never-accepted/proved/null"), story.told());
    }

    /** The reader keeps up, or empties its queue now and then. */
    @Test
    void aQueueThatFallsNowAndThenIsNotSlow() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(50, 500)).at(1).tcp(tcp(90, 1500)).at(2).tcp(tcp(40, 2500)).at(3).tcp(tcp(95, 3500))
                .told());
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(50, 50)).at(1).tcp(tcp(51, 10_000)).at(2).tcp(tcp(52, 20_000)).told());
    }

    @Test
    void aConnectionThatWasAcceptedInTheEndIsNone() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(9, 9).inode(0)).at(1).tcp(tcp(9, 9).inode(0)).at(2).tcp(tcp(9, 9).inode(0))
                .at(3).tcp(tcp(0, 9)).told());
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

    /** By UNIX_DIAG_ICONS; others that come and go in its queue are no finding. */
    @Test
    void clientsThatStayInAUnixListenersQueueWait() {
        assertEquals(List.of("accept-queue-waiting/proved/null"), Story.begin()
                .at(0).unix(unixListener(5, 6)).at(1).unix(unixListener(6, 7)).at(2).unix(unixListener(8, 6)).told());
        assertEquals(NOTHING, Story.begin()
                .at(0).unix(unixListener(5)).at(1).unix(unixListener(6)).at(2).unix(unixListener(7)).told());
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
        assertEquals(List.of("send-stalled CRITICAL PROVED"), words(zero));
        List<Finding> some = Story.begin().at(0).tcp(sender(5000, 70, 100)).at(1).tcp(sender(6000, 70, 0))
                .at(2).tcp(sender(6000, 70, 0)).findings();
        assertEquals(List.of("send-stalled WARNING LIKELY"), words(some));
        assertTrue(some.getFirst().why().endsWith("no acks: network or peer."), some.getFirst().why());
    }

    private static List<String> words(List<Finding> found) {
        return found.stream().map(f -> f.id() + " " + f.severity() + " " + f.certainty()).toList();
    }

    @Test
    void whatIsAckedOrOnlyConnectsIsNotStalled() {
        assertEquals(NOTHING, Story.begin().at(0).tcp(sender(5000, 70, 0)).at(1).tcp(sender(5000, 71, 0))
                .at(2).tcp(sender(5000, 72, 0)).told());
        assertEquals(NOTHING, Story.begin().at(0).tcp(sender(1, 0, 0).state(Uapi.TCP_SYN_SENT))
                .at(1).tcp(sender(1, 0, 0).state(Uapi.TCP_SYN_SENT)).at(2).tcp(sender(1, 0, 0).state(Uapi.TCP_SYN_SENT))
                .told());
    }

    /** Only a complete scan says that nobody holds it; one that could not look into a process says nothing. */
    @Test
    void unreadDataThatNobodyHolds() {
        Story inFlight = Story.begin();
        Story unknown = Story.begin();
        for (int i = 0; i < 3; i++) {
            inFlight.at(i).unix(unix(19)).owners(process(1, "init", 'S', 1));
            unknown.at(i).unix(unix(19)).owners(1, process(1, "init", 'S', 1));
        }
        assertEquals(List.of("no-owner-unread/likely/constant", "unread-unproven/cannot-tell/constant"), inFlight.told());
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), unknown.told());
    }

    /** Its own end of netlink has a request queued while it answers, for one the recorder's. */
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
        assertEquals(List.of("no-owner-unread/likely/constant", "unread-unproven/cannot-tell/constant"), story.told());
        Story moves = Story.begin();
        for (int i = 0; i < 4; i++) {
            moves.at(i).unix(unix(19)).owners(process(1, "init", 'S', i % 2 == 0 ? 700 : 1));
        }
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), moves.told());
    }

    private static InetDiagMsgBuilder dropping(long drops) {
        return tcpWithoutInfo(0).skmeminfo(0, 0, 0, 0, 0, 0, 0, 0, drops);
    }

    /** Drops that were there before the capture began are nobody's news. */
    @Test
    void onlyDropsThatGrowAreTold() {
        assertEquals(NOTHING, Story.begin().at(0).tcp(dropping(5)).at(1).tcp(dropping(5)).told());
        assertEquals(List.of("drops/proved/null"), Story.begin().at(0).tcp(dropping(5)).at(1).tcp(dropping(7)).told());
        assertEquals(List.of("drops/proved/null"), Story.begin().at(0).tcp(dropping(0)).at(1).tcp(dropping(2)).told());
        assertEquals(NOTHING, Story.begin().at(0).tcp().at(1).tcp(dropping(2)).told());
        Finding wrapped = Story.begin().at(0).tcp(dropping(0xffffffffL)).at(1).tcp(dropping(2)).findings().getFirst();
        assertTrue(wrapped.why().contains("dropped 3 more"), wrapped.why());
    }

    /** As sure as its cause, and none without one. */
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
        assertEquals(List.of("unread-unproven/cannot-tell/constant", "unix-peer-stuck/cannot-tell/null"), story.told());
        assertEquals(List.of("unread-unproven/likely/growing", "unix-peer-stuck/likely/null"), grows.told());
        assertEquals(NOTHING, noCause.told());
    }

    @Test
    void bothThresholdsMustBeReached() {
        assertEquals(NOTHING, Story.begin().at(0).tcp(tcp(9, 9)).at(60).tcp(tcp(9, 9)).told());
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(9, 9)).at(0.5).tcp(tcp(9, 9)).at(1.9).tcp(tcp(9, 9)).told());
        assertEquals(1, Story.begin()
                .at(0).tcp(tcp(9, 9)).at(0.5).tcp(tcp(9, 9)).at(2.0).tcp(tcp(9, 9)).told().size());
        assertEquals(1, Story.begin().thresholds(new Thresholds(2, Duration.ofMillis(100)))
                .at(0).tcp(tcp(9, 9)).at(0.1).tcp(tcp(9, 9)).told().size());
        assertEquals(NOTHING, Story.begin().thresholds(new Thresholds(4, Duration.ofSeconds(2)))
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(9).tcp(tcp(9, 9)).told());
    }

    /** Equal observations in a row are folded; their number is not. */
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
                Story.begin().at(0).tcp(tcpListener(3, 2)).told());
        // as many as the limit: one more still fits
        assertEquals(NOTHING, Story.begin().at(0).tcp(tcpListener(2, 2)).told());
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
        assertEquals(NOTHING, story.told());
    }
}
