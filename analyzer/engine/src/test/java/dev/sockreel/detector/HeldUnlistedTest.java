package dev.sockreel.detector;

import static dev.sockreel.detector.Story.tcp;
import static dev.sockreel.verdict.WrittenCapture.process;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.What;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Descriptors of connections that dumps listed, and then no longer. */
class HeldUnlistedTest {
    private static final List<String> NOTHING = List.of();

    /** Returns a story whose socket 100 leaves the tables after the second snapshot. */
    private static Story leaving(int snapshots, int heldUntil) {
        return leaving(Story.begin(), 1, snapshots, heldUntil);
    }

    private static Story leaving(Story story, double intervalSeconds, int snapshots, int heldUntil) {
        for (int i = 0; i < snapshots; i++) {
            story.at(i * intervalSeconds).tcp(listed(i < 2 ? 1 : 0));
            story.owners(process(7, "pool", 'S', i < heldUntil ? new long[] {100, 55} : new long[] {55}));
        }
        return story;
    }

    private static InetDiagMsgBuilder[] listed(int sockets) {
        return IntStream.range(0, sockets)
                .mapToObj(n -> tcp(0, 0).cookie(1 + n).inode(100L + n).remote("127.0.0.1", 5000 + n))
                .toArray(InetDiagMsgBuilder[]::new);
    }

    @Test
    void whoHoldsWhatIsNoLongerListedLeaksIt() {
        List<Finding> found = leaving(5, 5).findings();
        assertEquals(List.of("held-unlisted INFO LIKELY"), Story.weighed(found));
        assertEquals(100, found.getFirst().socket().socket().inode());
        Cause cause = leaving(5, 5).causes().getFirst();
        assertEquals(What.LEAKING, cause.what());
        assertEquals("pool (pid 7) still holds 1 descriptor of connections that have ended.", cause.sentence());
    }

    @Test
    void whoClosedItLeaksNothing() {
        assertEquals(NOTHING, leaving(6, 2).found());
        assertEquals(NOTHING, leaving(6, 4).found(), "it was closed a little later");
    }

    @Test
    void aWindowIsNeededAfterItLeft() {
        assertEquals(NOTHING, leaving(4, 4).found());
    }

    @Test
    void theRecordingsOwnJitterIsAllowedFor() {
        assertEquals(1, leaving(Story.begin().interval(Duration.ofSeconds(1)), 0.99, 5, 5).found().size());
        assertEquals(NOTHING, leaving(Story.begin(), 0.99, 5, 5).found());
    }

    /** A look-up from before it left shows nothing about it. */
    @Test
    void onlyALaterLookUpShowsIt() {
        Story story = Story.begin();
        for (int i = 0; i < 6; i++) {
            story.at(i).tcp(listed(i < 2 ? 1 : 0));
            if (i == 0) {
                story.owners(process(7, "pool", 'S', 100));
            }
        }
        assertEquals(NOTHING, story.found());
    }

    /** A dump that broke off cannot show that it left. */
    @Test
    void aDumpThatBrokeOffShowsNoLeaving() {
        Story story = Story.begin();
        for (int i = 0; i < 6; i++) {
            story.at(i);
            if (i < 2) {
                story.tcp(listed(1));
            } else {
                story.tcpUnfinished();
            }
            story.owners(process(7, "pool", 'S', 100));
        }
        assertEquals(NOTHING, story.found());
    }

    @Test
    void moreAndMoreOfThemAreAWarning() {
        Story story = Story.begin();
        for (int i = 0; i < 8; i++) {
            story.at(i).tcp(listed(Math.max(0, 4 - i))).owners(process(7, "pool", 'S', 100, 101, 102, 103));
        }
        List<Finding> found = story.findings();
        assertEquals(List.of("held-unlisted WARNING LIKELY"), Story.weighed(found).stream().distinct().toList());
        assertEquals(4, found.size());
        assertTrue(found.getFirst().why().contains("more of them followed"), found.getFirst().why());
    }
}
