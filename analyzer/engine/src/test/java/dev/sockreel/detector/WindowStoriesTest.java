package dev.sockreel.detector;

import static dev.sockreel.detector.Story.tcp;
import static dev.sockreel.detector.Story.tcpListener;
import static dev.sockreel.verdict.WrittenCapture.process;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.fixtures.TcpInfoBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Length, times and owners of windows. */
class WindowStoriesTest {
    private static final List<String> NOTHING = List.of();
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Story stuckAt(Story story, double... seconds) {
        for (double at : seconds) {
            story.at(at).tcp(tcp(9, 9));
        }
        return story;
    }

    /** Dumps without times may be copies of one. */
    @Test
    void withoutTimesNoTimeHasPassed() {
        Story story = Story.begin();
        for (int i = 0; i < 5; i++) {
            story.atUnknownTime().tcp(tcp(9, 9), tcpListener(3, 2));
        }
        assertEquals(List.of("accept-queue-full/proved/null"), story.found());
    }

    @Test
    void theRecordingsOwnJitterIsAllowedFor() {
        assertEquals(1, stuckAt(Story.begin().interval(SECOND), 0, 0.99, 1.98).found().size());
        assertEquals(NOTHING, stuckAt(Story.begin(), 0, 0.99, 1.98).found(), "the interval is not known");
        assertEquals(NOTHING, stuckAt(Story.begin().interval(SECOND), 0, 0.7, 1.4).found(), "more than jitter");
        assertEquals(NOTHING, stuckAt(Story.begin().interval(SECOND), 0, 1.99).found(), "two snapshots");
        assertEquals(NOTHING, stuckAt(Story.begin().interval(Duration.ofMillis(500)), 0, 0.9, 1.8).found(),
                "the intervals do not add up");
        assertEquals(1, stuckAt(Story.begin().interval(Duration.ofMillis(500)), 0, 0.5, 1, 1.5, 1.98).found().size());
    }

    @Test
    void aRealtimeClockThatIsSetBackShortensNoWindow() {
        Findings found = stuckAt(stuckAt(Story.begin(), 0, 1).stepRealtime(-3600), 2, 3).run();
        Finding stuck = found.findings().getFirst();
        assertTrue(stuck.why().contains("(3.0 s)"), stuck.why());
        assertEquals(3_000_000_000L, stuck.until().nanosSince(stuck.since()));
        assertEquals(stuck.since(), found.causes().getFirst().since());
        assertEquals(stuck.until(), found.causes().getFirst().until());
    }

    @Test
    void aRealtimeClockThatIsSetForwardLengthensNoWindow() {
        assertEquals(NOTHING, stuckAt(stuckAt(Story.begin(), 0, 0.1).stepRealtime(3600), 0.2, 0.3).found());
    }

    private static Story withStates(String states) {
        Story story = Story.begin();
        for (int i = 0; i < states.length(); i++) {
            story.at(i).tcp(tcp(9, 9)).owners(process(7, "reader", states.charAt(i), 100));
        }
        return story;
    }

    @Test
    void whoWasStoppedInPartOfTheWindowIsNotContinued() {
        Finding part = withStates("STTS").findings().getFirst();
        assertTrue(
                part.why()
                        .endsWith("was stopped (T) in 2 snapshots, from 2027-01-15T08:00:01Z to 2027-01-15T08:00:02Z."),
                part.why());
        assertFalse(part.next().contains("kill -CONT"), part.next());
        Finding running = withStates("SSSS").findings().getFirst();
        assertFalse(running.why().contains("stopped"), running.why());
    }

    @Test
    void whoWasStoppedThroughoutIsToBeContinued() {
        Finding all = withStates("TTTT").findings().getFirst();
        assertTrue(all.next().contains("kill -CONT 7"), all.next());
        assertTrue(withStates("TTTT").causes().getFirst().next().contains("kill -CONT 7"));
    }

    /** What happened after the window does not count: neither state, nor holder. */
    @Test
    void stateAndOwnerAreThoseOfTheWindow() {
        Story story = Story.begin();
        for (int i = 0; i < 6; i++) {
            story.at(i).tcp(i < 4 ? tcp(9, 9) : tcp(0, 9))
                    .owners(process(i < 4 ? 7 : 8, "reader", i < 4 ? 'T' : 'S', 100));
        }
        Finding found = story.findings().getFirst();
        assertTrue(found.next().contains("kill -CONT 7"), found.next());
    }

    /** The newest data that waits is as old as the kernel says, and all that is unread is that old at least. */
    @Test
    void dataWaitsSinceBeforeTheFirstSnapshot() {
        Finding found = aged().findings().getFirst();
        assertEquals(40_000_000_000L, found.since().realtimeNs() - found.atLeastSince().realtimeNs());
        assertEquals(found.atLeastSince(), aged().causes().getFirst().atLeastSince());
    }

    private static Story aged() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(Story.tcpWithoutInfo(9).info(TcpInfoBuilder.ofLength(232)
                    .set("tcpi_bytes_received", 9).set("tcpi_last_data_recv", 40_000 + 1000 * i)));
        }
        return story;
    }
}
