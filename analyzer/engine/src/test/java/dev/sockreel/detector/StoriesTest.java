package dev.sockreel.detector;

import static dev.sockreel.detector.Story.tcp;
import static dev.sockreel.detector.Story.tcpWithoutInfo;
import static dev.sockreel.detector.Story.unix;
import static dev.sockreel.verdict.WrittenCapture.process;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Synthetic histories of one socket with unread data, and the right findings for each. */
class StoriesTest {
    private static final List<String> NOTHING = List.of();

    @Test
    void theSameBytesAreStuck() {
        assertEquals(List.of("unread-stuck/proved/constant"), Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(2).tcp(tcp(9, 9)).found());
    }

    @Test
    void moreBytesEachTimeAreStuckAndGrow() {
        assertEquals(List.of("unread-stuck/proved/growing"), Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(19, 19)).at(2).tcp(tcp(19, 19)).at(3).tcp(tcp(500, 500)).found());
    }

    /** The queue's length is the same in all snapshots, but the counter shows that everything was read in between. */
    @Test
    void whoReadsAndIsFilledAgainToTheSameSizeIsNotStuck() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 509)).at(2).tcp(tcp(9, 1009)).at(3).tcp(tcp(9, 1509)).found());
    }

    @Test
    void whoReadsOneByteASnapshotIsNotStuck() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(50, 50)).at(1).tcp(tcp(49, 50)).at(2).tcp(tcp(48, 50)).at(3).tcp(tcp(47, 50)).found());
    }

    @Test
    void whoReadsSlowerThanDataArrivesIsNotStuck() {
        assertEquals(List.of("unread-slow/proved/growing"), Story.begin()
                .at(0).tcp(tcp(50, 50)).at(1).tcp(tcp(100, 130)).at(2).tcp(tcp(150, 210)).at(3).tcp(tcp(200, 290))
                .at(4).tcp(tcp(250, 370)).found());
        // No more was read than arrives at once, so the position alone proves no reading.
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(50, 50)).at(1).tcp(tcp(100, 110)).at(2).tcp(tcp(150, 170)).at(3).tcp(tcp(200, 230))
                .found());
    }

    /** A FIN counts in both numbers: neither the position nor the unread bytes change. */
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

    /** Data that arrives between the kernel's two readings makes the position too high, only in that dump. */
    @Test
    void onePositionThatIsTooHighIsNoReading() {
        List<Finding> found = Story.begin()
                .at(0).tcp(tcp(100, 100)).at(1).tcp(tcp(100, 110)).at(2).tcp(tcp(110, 110)).at(3).tcp(tcp(110, 110))
                .findings();
        assertEquals(1, found.size());
        assertEquals(4, found.getFirst().snapshots());
        assertTrue(found.getFirst().why().contains("stayed at 0"), found.getFirst().why());
    }

    /** Proved since the first dump with the right position; data may have been read before it. */
    @Test
    void aPositionThatIsTooHighInTheFirstDumpIsNoReading() {
        List<Finding> proved = Story.begin()
                .at(0).tcp(tcp(100, 24821)).at(1).tcp(tcp(24821, 24821)).at(2).tcp(tcp(24821, 24821))
                .at(3).tcp(tcp(24821, 24821))
                .findings();
        assertEquals(List.of("unread-stuck WARNING PROVED"), Story.weighed(proved));
        assertEquals(3, proved.getFirst().snapshots());
        List<Finding> likely = Story.begin()
                .at(0).tcp(tcp(100, 24821)).at(1).tcp(tcp(24821, 24821)).at(2).tcp(tcp(24821, 24821))
                .findings();
        assertEquals(List.of("unread-stuck WARNING LIKELY"), Story.weighed(likely));
        assertEquals(3, likely.getFirst().snapshots());
    }

    /** Nothing later shows that the last one was too high: the window ends before it, and is long enough. */
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
                .found());
    }

    @Test
    void aSocketThatWasGoneInBetweenIsNotFollowedOn() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(2).tcp().at(3).tcp().at(4).tcp().at(5).tcp()
                .at(6).tcp(tcp(9, 9)).at(7).tcp(tcp(9, 9)).found());
    }

    /** A dump between two with the same cookie was torn; the position proves that nothing was read. */
    @Test
    void aDumpThatLostTheSocketIsNoGoneSocket() {
        List<Finding> found = Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcp(tcp(9, 9)).at(2).tcp().at(3).tcp(tcp(9, 9)).at(4).tcp(tcp(9, 9))
                .findings();
        assertEquals(1, found.size());
        assertEquals(4, found.getFirst().snapshots());
    }

    /** The position proves it across a snapshot without a dump, which is not counted. */
    @Test
    void aSnapshotThatCouldNotSeeItIsNoProofOfAnything() {
        List<Finding> found = Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcpMissing().at(2).tcp(tcp(9, 9)).at(3).tcpUnfinished().at(4).tcp(tcp(9, 9))
                .findings();
        assertEquals(1, found.size());
        assertEquals(3, found.getFirst().snapshots());
        assertEquals(List.of(0, 4), found.getFirst().evidence().stream().map(Evidence::snapshot).toList());
    }

    /** Growth of a unix queue across a gap is not called constant growth. */
    @Test
    void aGapTakesTheLikelyOffAUnixSocket() {
        assertEquals(List.of("unread-unproven/cannot-tell/growing"), Story.begin()
                .at(0).unix(unix(10)).at(1).tcp().at(2).unix(unix(20)).at(3).unix(unix(30)).found());
    }

    @Test
    void aSocketListedInABrokenOffDumpIsSeen() {
        assertEquals(List.of("unread-stuck/proved/constant"), Story.begin()
                .at(0).tcp(tcp(9, 9)).at(1).tcpUnfinished(tcp(9, 9)).at(2).tcp(tcp(9, 9)).found());
    }

    @Test
    void unixDataThatOnlyGrowsIsLikely() {
        assertEquals(List.of("unread-unproven/likely/growing"), Story.begin()
                .at(0).unix(unix(10)).at(1).unix(unix(10)).at(2).unix(unix(30)).found());
    }

    @Test
    void unixDataThatFellOnceIsReadBySomebody() {
        assertEquals(NOTHING, Story.begin()
                .at(0).unix(unix(10)).at(1).unix(unix(30)).at(2).unix(unix(29)).at(3).unix(unix(60)).found());
    }

    @Test
    void constantUnixDataIsUndecided() {
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), Story.begin()
                .at(0).unix(unix(9)).at(1).unix(unix(9)).at(2).unix(unix(9)).found());
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
        assertTrue(found.getFirst().next().contains("kill -CONT 7 8."), found.getFirst().next());
    }

    @Test
    void oneOwnerThatRunsCanRead() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).unix(unix(9)).owners(process(7, "a", 'T', 700), process(8, "b", 'S', 700));
        }
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), story.found());
    }

    @Test
    void anOwnerThatWasContinuedOnceCanHaveRead() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).unix(unix(9)).owners(process(7, "a", i == 1 ? 'S' : 'T', 700));
        }
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), story.found());
    }

    /** Kernel TLS may move the position, or not, regardless of the application. */
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

    /** Linux before 4.1 has a tcp_info without tcpi_bytes_received. */
    @Test
    void withoutTheByteCounterNothingIsProved() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcpWithoutInfo(9).info(TcpInfoBuilder.ofLength(104)));
        }
        assertEquals(List.of("unread-unproven/cannot-tell/constant"), story.found());
        assertEquals(List.of("unread-unproven/likely/growing"), Story.begin()
                .at(0).tcp(tcpWithoutInfo(9)).at(1).tcp(tcpWithoutInfo(10)).at(2).tcp(tcpWithoutInfo(11)).found());
    }
}
