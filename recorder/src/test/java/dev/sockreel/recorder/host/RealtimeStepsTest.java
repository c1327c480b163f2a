package dev.sockreel.recorder.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.RecorderNote;
import org.junit.jupiter.api.Test;

class RealtimeStepsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    /** Clocks whose reads take a while. */
    private static final class Clocks implements RealtimeSteps.Clocks {
        private long monotonicNs = 5 * SECOND_NS;
        private long distanceNs = 1_800_000_000L * SECOND_NS;
        private long readNs = 100;

        @Override
        public long realtimeNs() {
            monotonicNs += readNs;
            return monotonicNs + distanceNs;
        }

        @Override
        public long monotonicNs() {
            monotonicNs += readNs;
            return monotonicNs;
        }
    }

    private static void assertNear(long expected, long actual, long within) {
        assertTrue(Math.abs(actual - expected) <= within, actual + " instead of " + expected);
    }

    private final Clocks clocks = new Clocks();
    private final RealtimeSteps steps = new RealtimeSteps(clocks);

    @Test
    void aStepIsNotedOnceWithBothTimes() {
        clocks.monotonicNs += 10 * SECOND_NS;
        assertNull(steps.look(0));
        clocks.distanceNs -= 3600 * SECOND_NS;
        RecorderNote back = steps.look(1);
        assertNotNull(back);
        assertEquals(RecorderNote.Kind.REALTIME_STEPPED, back.kind());
        assertEquals(1, back.snapshot());
        assertNear(-3600 * SECOND_NS, back.value(), 1000);
        assertNear(clocks.distanceNs, back.time().realtimeNs() - back.time().monotonicNs(), 1000);
        assertTrue(back.text().startsWith(
                "CLOCK_REALTIME was set back by 3600.000 s: from 2027-01-15T08:00:15.000"), back.text());
        assertTrue(back.text().contains(" to 2027-01-15T07:00:15.000"), back.text());
        assertNull(steps.look(2));
        clocks.distanceNs += SECOND_NS;
        RecorderNote forward = steps.look(-1);
        assertNotNull(forward);
        assertTrue(forward.text().startsWith(
                "CLOCK_REALTIME was set forward by 1.000 s, or the host was suspended: from "), forward.text());
    }

    /** A thread that loses the CPU between two reads sees no step, and one that gets it again sees the real one. */
    @Test
    void slowReadsAreNoStep() {
        clocks.readNs = SECOND_NS;
        assertNull(steps.look(0));
        clocks.readNs = 100;
        assertNull(steps.look(1));
        clocks.distanceNs += 20_000_000;
        assertNotNull(steps.look(2));
    }

    /** Small changes count together, whatever each of them is. */
    @Test
    void changesBelowTheToleranceAddUp() {
        RecorderNote note = null;
        long changedNs = 0;
        while (note == null && changedNs < SECOND_NS) {
            clocks.distanceNs -= 1_000_000;
            changedNs += 1_000_000;
            note = steps.look(0);
        }
        assertNotNull(note);
        assertNear(RealtimeSteps.TOLERANCE_NS, changedNs, 2_000_000);
        assertNear(-changedNs, note.value(), 1000);
    }
}
