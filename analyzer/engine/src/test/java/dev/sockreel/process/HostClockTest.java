package dev.sockreel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostClockTest {
    private static long started(String bootS, String ticksPerSecond, long ticks) {
        return HostClock.of(new HostEvidence(Map.of(
                HostEvidence.BOOT_TIME_S, bootS, HostEvidence.CLOCK_TICKS, ticksPerSecond))).startedNs(ticks);
    }

    @Test
    void ticksFromTheBootMakeATime() {
        assertEquals(1_700_000_000_000_000_000L, started("1700000000", "100", 0));
        assertEquals(1_700_000_012_340_000_000L, started("1700000000", "100", 1234));
        assertEquals(1_700_000_001_000_976_562L, started("1700000000", "1024", 1025));
    }

    @Test
    void whatIsNotKnownOrImpossibleIsUnknown() {
        assertEquals(ReceiveTime.UNKNOWN, HostClock.of(new HostEvidence(Map.of())).startedNs(5));
        assertEquals(ReceiveTime.UNKNOWN, started("1700000000", "0", 5));
        assertEquals(ReceiveTime.UNKNOWN, started("1700000000", "-100", 5));
        assertEquals(ReceiveTime.UNKNOWN, started("99999999999999999999", "100", 5));
        assertEquals(ReceiveTime.UNKNOWN, started("9999999999", "100", 5));
        assertEquals(ReceiveTime.UNKNOWN, started("1700000000", "100", Long.MAX_VALUE));
        assertEquals(ReceiveTime.UNKNOWN, started("1700000000", "100", -1));
    }
}
