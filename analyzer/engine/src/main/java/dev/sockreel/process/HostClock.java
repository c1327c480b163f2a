package dev.sockreel.process;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import org.jspecify.annotations.Nullable;

/**
 * Turns the start of a process, which the kernel counts in ticks from the boot, into a time.
 *
 * @param bootS          the host's boot, seconds since 1970; {@link #UNKNOWN} when not known
 * @param ticksPerSecond {@link #UNKNOWN} when not known
 */
public record HostClock(long bootS, long ticksPerSecond) {
    public static final long UNKNOWN = -1;

    private static final int MAX_DIGITS = 10;
    private static final long MILLIS = 1000;
    private static final long NANOS = 1_000_000_000;
    /** About a hundred years; no process is older, and no sum of it overflows. */
    private static final long MAX_SECONDS = 3_200_000_000L;

    public static HostClock of(HostEvidence host) {
        return new HostClock(
                number(host.get(HostEvidence.BOOT_TIME_S)), number(host.get(HostEvidence.CLOCK_TICKS)));
    }

    private static long number(@Nullable String text) {
        int length = text == null ? 0 : text.length();
        if (text == null || length == 0 || length > MAX_DIGITS) {
            return UNKNOWN;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return UNKNOWN;
            }
        }
        return Long.parseLong(text);
    }

    /** Returns the time in nanoseconds since 1970; {@link ReceiveTime#UNKNOWN} when not known. */
    public long startedNs(long ticks) {
        if (ticks < 0 || bootS < 0 || bootS > MAX_SECONDS || ticksPerSecond <= 0 || ticksPerSecond > NANOS
                || ticks / ticksPerSecond > MAX_SECONDS) {
            return ReceiveTime.UNKNOWN;
        }
        return (bootS + ticks / ticksPerSecond) * NANOS + ticks % ticksPerSecond * NANOS / ticksPerSecond;
    }

    /** Returns a number of ticks in milliseconds; {@link #UNKNOWN} when not known. */
    long millis(long ticks) {
        return ticks < 0 || ticksPerSecond <= 0 || ticks > Long.MAX_VALUE / MILLIS ? UNKNOWN
                : ticks * MILLIS / ticksPerSecond;
    }
}
