package dev.sockreel.detector;

import static dev.sockreel.detector.Story.tcp;
import static dev.sockreel.detector.Story.tcpListener;
import static dev.sockreel.verdict.WrittenCapture.process;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.What;
import dev.sockreel.snapshot.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two listeners of two processes on one address (SO_REUSEPORT): a connection that waits names neither. */
class ReuseportStoriesTest {
    /**
     * Returns a story of one connection that nobody accepts.
     *
     * @param first  connections in the queue of process 7's listener
     * @param second connections in the queue of process 8's listener
     */
    private static Story waiting(int first, int second) {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i)
                    .tcp(tcpListener(first, 9), tcpListener(second, 9).cookie(3).inode(300), tcp(9, 9).inode(0))
                    .owners(process(7, "worker-1", 'S', 200), process(8, "worker-2", 'S', 300));
        }
        return story;
    }

    private static Cause only(Story story) {
        List<Cause> causes = story.causes();
        assertEquals(List.of(What.NOT_ACCEPTING), causes.stream().map(Cause::what).toList());
        return causes.getFirst();
    }

    @Test
    void whereBothHaveOneWaitingNeitherIsAccused() {
        Cause cause = only(waiting(1, 1));
        assertNull(cause.processes());
        assertEquals(Certainty.LIKELY, cause.certainty());
        assertTrue(cause.sentence().startsWith("One of several listeners does not accept"), cause.sentence());
        Finding finding = waiting(1, 1).findings().getFirst();
        assertTrue(finding.why().contains("one of the 2 listeners on 127.0.0.1:80"), finding.why());
        assertEquals(2L, finding.evidence().getFirst().fields().get("listeners"));
    }

    @Test
    void whereOneQueueIsEmptyTheOtherHoldsIt() {
        Cause cause = only(waiting(0, 1));
        List<Owner> owners = cause.processes();
        assertEquals(List.of(8), owners == null ? List.of() : owners.stream().map(Owner::pid).toList());
        assertEquals(Certainty.PROVED, cause.certainty());
    }

    /** Two listeners of one process are as good as one. */
    @Test
    void whereOneProcessHoldsBothItIsAccused() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i)
                    .tcp(tcpListener(1, 9), tcpListener(1, 9).cookie(3).inode(300), tcp(9, 9).inode(0))
                    .owners(process(7, "server", 'S', 200, 300));
        }
        List<Owner> owners = only(story).processes();
        assertEquals(List.of(7), owners == null ? List.of() : owners.stream().map(Owner::pid).toList());
    }
}
