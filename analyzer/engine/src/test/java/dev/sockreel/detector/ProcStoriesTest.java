package dev.sockreel.detector;

import static dev.sockreel.detector.Story.ORDER;
import static dev.sockreel.verdict.WrittenCapture.process;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.finding.Finding;
import dev.sockreel.fixtures.ProcTextBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories from /proc/net alone: they prove nothing, and values that it lacks cause no finding. */
class ProcStoriesTest {
    private static final List<String> NOTHING = List.of();
    private static final int ESTABLISHED = 1;
    private static final int CLOSE = 7;
    private static final int CLOSE_WAIT = 8;
    private static final int LISTEN = 10;

    private static ProcTextBuilder tcp(long rx) {
        return tcp(ESTABLISHED, rx, 100);
    }

    private static ProcTextBuilder tcp(int state, long rx, long inode) {
        return ProcTextBuilder.inet(ORDER).tcp(state, rx, inode);
    }

    private static Story over(ProcTextBuilder... texts) {
        Story story = Story.begin();
        for (int i = 0; i < texts.length; i++) {
            story.at(i).tcpText(texts[i]);
        }
        return story;
    }

    /** A queue that stays the same is no evidence: the same socket may be read and filled again. */
    @Test
    void theSameBytesAreUndecided() {
        List<Finding> found = over(tcp(9), tcp(9), tcp(9), tcp(9)).findings();
        assertEquals(1, found.size());
        assertEquals("unread-unproven cannot-tell constant info", describe(found.getFirst()));
        assertTrue(found.getFirst().why().contains("/proc/net has no counter"), found.getFirst().why());
        assertFalse(found.getFirst().why().contains("kernel has no counter"), "of tcp it does");
    }

    private static String describe(Finding f) {
        return f.id() + " " + f.certainty().id() + " " + f.trend() + " " + f.severity().id();
    }

    @Test
    void bytesThatOnlyGrowAreLikelyAtMost() {
        List<Finding> found = over(tcp(9), tcp(10), tcp(10), tcp(500)).findings();
        assertEquals(List.of("unread-unproven likely growing warning"),
                found.stream().map(ProcStoriesTest::describe).toList());
    }

    @Test
    void stoppedOwnersAreLikelyAtMost() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcpText(tcp(9)).owners(process(7, "stopped", 'T', 100));
        }
        assertEquals(List.of("unread-unproven/likely/constant"), story.found());
    }

    @Test
    void dataReadOnceIsNotReported() {
        assertEquals(NOTHING, over(tcp(9), tcp(8), tcp(9), tcp(10)).found());
    }

    /** Only inode, addresses and state together identify a socket. */
    @Test
    void anotherInodeIsAnotherSocket() {
        assertEquals(NOTHING,
                over(tcp(ESTABLISHED, 9, 100), tcp(ESTABLISHED, 9, 100), tcp(ESTABLISHED, 9, 101)).found());
    }

    @Test
    void anotherStateMayBeAnotherSocket() {
        assertEquals(NOTHING,
                over(tcp(ESTABLISHED, 9, 100), tcp(ESTABLISHED, 9, 100), tcp(CLOSE_WAIT, 10, 100)).found());
        List<Finding> since = over(tcp(ESTABLISHED, 9, 100), tcp(CLOSE_WAIT, 10, 100), tcp(CLOSE_WAIT, 10, 100),
                tcp(CLOSE_WAIT, 10, 100)).findings();
        assertEquals(List.of("eof-unread 3", "unread-unproven 3"),
                since.stream().map(f -> f.id() + " " + f.snapshots()).toList());
    }

    @Test
    void anotherAddressIsAnotherSocket() {
        ProcTextBuilder other = ProcTextBuilder.inet(ORDER)
                .socket("127.0.0.1", 80, "127.0.0.1", 5001, ESTABLISHED, 0, 9, 0, 1000, 100, -1);
        assertEquals(NOTHING, over(tcp(9), tcp(9), other).found());
    }

    /** Rows without an inode cannot be distinguished, so they have no history. */
    @Test
    void withoutAnInodeNothingIsFollowed() {
        assertEquals(NOTHING, over(tcp(ESTABLISHED, 9, 0), tcp(ESTABLISHED, 9, 0), tcp(ESTABLISHED, 9, 0)).found());
    }

    /** An unread EOF is no byte, and is likely at most. */
    @Test
    void aFinAloneIsNoData() {
        assertEquals(List.of("eof-unread/likely/null"),
                over(tcp(CLOSE_WAIT, 1, 100), tcp(CLOSE_WAIT, 1, 100), tcp(CLOSE_WAIT, 1, 100)).found());
    }

    /** Without a counter of acknowledged bytes, a constant send queue is no stall. */
    @Test
    void aSendQueueThatStaysIsNotReportedAsStalled() {
        ProcTextBuilder[] same = new ProcTextBuilder[4];
        for (int i = 0; i < 4; i++) {
            same[i] = ProcTextBuilder.inet(ORDER)
                    .socket("127.0.0.1", 80, "127.0.0.1", 5000, ESTABLISHED, 4096, 0, 4, 0, 100, -1);
        }
        assertEquals(NOTHING, over(same).found());
    }

    @Test
    void thatNobodyHoldsItIsLikely() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcpText(tcp(9)).owners(process(7, "other", 'S', 999));
        }
        assertEquals(List.of("no-owner-unread/likely/constant", "unread-unproven/cannot-tell/constant"), story.found());
    }

    /** The table's last column is the kernel's own counter; only the inode shows whose it is. */
    @Test
    void dropsThatGrowAreLikely() {
        Story story = Story.begin();
        for (int i = 0; i < 2; i++) {
            story.at(i).text("udp", ProcTextBuilder.inet(ORDER)
                    .socket("127.0.0.1", 53, "0.0.0.0", 0, CLOSE, 0, 0, 0, 0, 60, 46 + i));
        }
        List<Finding> found = story.findings();
        assertEquals(List.of("drops likely null warning"), found.stream().map(ProcStoriesTest::describe).toList());
        assertTrue(found.getFirst().why().startsWith("1 datagram for this socket was lost"), found.getFirst().why());
    }

    /** A socket listed twice, as can happen while the table changes, is one observation. */
    @Test
    void aRowThatStandsTwiceCountsOnce() {
        ProcTextBuilder[] twice = new ProcTextBuilder[2];
        for (int i = 0; i < 2; i++) {
            twice[i] = tcp(9).tcp(ESTABLISHED, 9, 100);
        }
        assertEquals(NOTHING, over(twice).found());
    }

    /** The limit is not in the text: any number of pending connections may be right. */
    @Test
    void aFullAcceptQueueCannotBeSeen() {
        ProcTextBuilder[] listeners = new ProcTextBuilder[3];
        for (int i = 0; i < 3; i++) {
            listeners[i] = ProcTextBuilder.inet(ORDER)
                    .socket("0.0.0.0", 80, "0.0.0.0", 0, LISTEN, 0, 4097, 0, 0, 100, -1);
        }
        assertEquals(NOTHING, over(listeners).found());
    }

    @Test
    void unixRowsHaveNoFindings() {
        Story story = Story.begin();
        for (int i = 0; i < 4; i++) {
            story.at(i).text("unix", ProcTextBuilder.unix()
                    .unix(0x10000, 1, 1, 50, "/run/full.sock")
                    .unix(0, 1, 2, 0, "/run/full.sock")
                    .unix(0, 1, 3, 51, "").unix(0, 2, 3, 52, ""));
        }
        assertEquals(NOTHING, story.found());
    }

    @Test
    void memoryIsNoProofEither() {
        Story story = Story.begin();
        for (int i = 0; i < 4; i++) {
            story.at(i)
                    .text("udp", ProcTextBuilder.inet(ORDER)
                            .socket("127.0.0.1", 53, "0.0.0.0", 0, CLOSE, 0, 768, 0, 0, 60, 0))
                    .text("netlink", ProcTextBuilder.netlink().netlink(0, 7, 768L * (i + 1), 0, 3, 61))
                    .text("packet", ProcTextBuilder.packet().packet(3, 3, 1, 0, 0, 62));
        }
        assertEquals(List.of("unread-unproven/likely/growing", "unread-unproven/cannot-tell/constant"), story.found());
    }

    /** A socket seen by sock_diag first and in /proc/net later cannot be followed. */
    @Test
    void aModuleThatGoesAwayBreaksTheHistory() {
        assertEquals(NOTHING, Story.begin()
                .at(0).tcp(Story.tcp(9, 9)).at(1).tcp(Story.tcp(9, 9))
                .at(2).tcpText(tcp(9)).at(3).tcpText(tcp(9)).found());
    }
}
