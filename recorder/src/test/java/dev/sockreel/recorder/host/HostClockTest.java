package dev.sockreel.recorder.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.recorder.kernel.HostClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Times are whole microseconds of both clocks, at a constant distance until the clocks are compared again. */
final class HostClockTest {
    @Test
    void clocksKeepTheirDistance() {
        ReceiveTime first = HostClock.now();
        for (int i = 0; i < 1000; i++) {
            ReceiveTime now = HostClock.now();
            assertEquals(first.realtimeNs() - first.monotonicNs(), now.realtimeNs() - now.monotonicNs());
            assertEquals(0, now.monotonicNs() % 1000);
            assertEquals(0, now.realtimeNs() % 1000);
        }
    }

    @Test
    void aTimeLiesBetweenReadsOfTheClocksThemselves() {
        HostClock.synchronize();
        long monotonicBefore = System.nanoTime();
        Instant before = Instant.now();
        ReceiveTime now = HostClock.now();
        Instant after = Instant.now();
        long monotonicAfter = System.nanoTime();
        assertTrue(now.monotonicNs() > monotonicBefore - 1000 && now.monotonicNs() <= monotonicAfter);
        Instant realtime = Instant.ofEpochSecond(0, now.realtimeNs());
        // the distance was read while this thread may have lost the CPU
        assertTrue(realtime.isAfter(before.minusMillis(500)) && realtime.isBefore(after.plusMillis(500)),
                () -> before + " " + realtime + " " + after);
    }
}
