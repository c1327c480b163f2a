package dev.sockreel.detector;

import static dev.sockreel.detector.Story.tcp;
import static dev.sockreel.verdict.WrittenCapture.process;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.What;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.Uapi;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Connections in CLOSE-WAIT of one process: their number grows, or they come and go. */
class PilingUpTest {
    private static final int SNAPSHOTS = 6;

    /** Adds a snapshot with these connections in CLOSE-WAIT. */
    private static void closing(Story story, int second, int from, int to) {
        story.at(second).tcp(IntStream.range(from, to)
                .mapToObj(n -> tcp(1, 1).state(Uapi.TCP_CLOSE_WAIT).remote("127.0.0.1", 5000 + n).cookie(1 + n)
                        .inode(100L + n))
                .toArray(InetDiagMsgBuilder[]::new))
                .owners(process(7, "leaky", 'S', IntStream.range(from, to).mapToLong(n -> 100L + n).toArray()));
    }

    private static List<Finding> piles(Story story) {
        return story.findings().stream().filter(f -> f.id().equals(PilingUp.ID)).toList();
    }

    @Test
    void connectionsThatNobodyClosesPileUp() {
        Story story = Story.begin();
        for (int i = 0; i < SNAPSHOTS; i++) {
            closing(story, i, 0, 2 * i + 1);
        }
        List<Finding> found = piles(story);
        assertEquals(List.of("piling-up WARNING PROVED"), Story.weighed(found));
        assertTrue(found.getFirst().why().startsWith("The number of connections whose other end has closed of this"
                + " process grew from 1 to 9 in 5 snapshots"), found.getFirst().why());
        assertEquals(1, found.getFirst().socket().socket().cookie(), "the oldest");
        assertEquals(found.getFirst().evidence().getFirst().time(), found.getFirst().since(), "the pile's time");
        assertEquals(5, found.getFirst().snapshots());
        assertEquals(List.of(1L, 3L, 5L, 7L, 9L), found.getFirst().evidence().stream()
                .map(e -> e.fields().get("sockets")).toList());
    }

    @Test
    void theyAreOneCauseWithTheirPile() {
        Story story = Story.begin();
        for (int i = 0; i < SNAPSHOTS; i++) {
            closing(story, i, 0, 2 * i + 1);
        }
        List<Cause> causes = story.causes();
        assertEquals(List.of(What.NOT_CLOSING), causes.stream().map(Cause::what).toList());
    }

    /** Each is closed two snapshots after its other end has closed, while ever more of them come. */
    @Test
    void thoseOfABusyServerComeAndGo() {
        Story story = Story.begin();
        for (int i = 0; i < 2 * SNAPSHOTS; i++) {
            closing(story, i, 10 * i, 10 * i + 20 + i % 2);
        }
        assertEquals(List.of(), piles(story));
        Story fresh = Story.begin();
        for (int i = 0; i < SNAPSHOTS; i++) {
            closing(fresh, i, 100 * i, 100 * i + 10 * i + 1);
        }
        assertEquals(List.of(), piles(fresh), "none is seen twice");
    }

    @Test
    void aPileThatIsClearedIsNone() {
        Story story = Story.begin();
        for (int i = 0; i < SNAPSHOTS; i++) {
            closing(story, i, 0, 2 * i + 1);
        }
        closing(story, SNAPSHOTS, 0, 1);
        closing(story, SNAPSHOTS + 1, 0, 1);
        assertEquals(List.of(), piles(story));
    }

    @Test
    void aNumberThatStaysIsNone() {
        Story story = Story.begin();
        for (int i = 0; i < SNAPSHOTS; i++) {
            closing(story, i, 0, 20);
        }
        assertEquals(List.of(), piles(story));
    }
}
