package dev.sockreel.cli.choosing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Parses a TIME: RFC 3339, {@code 14:32} (UTC), {@code -5m} (before the end) or {@code +90s} (after the start). */
public final class SnapshotTime {
    /**
     * Parses a time.
     *
     * @param startNs start of the capture, nanoseconds since 1970
     * @param endNs   end of the capture, nanoseconds since 1970
     * @return nanoseconds since 1970
     * @throws IllegalArgumentException if the text is not a time
     */
    public static long parse(String text, long startNs, long endNs) {
        Duration d = text.startsWith("+") || text.startsWith("-") ? Durations.parse(text.substring(1)) : null;
        try {
            if (d != null) {
                return text.startsWith("+") ? Math.addExact(startNs, d.toNanos())
                        : Math.subtractExact(endNs, d.toNanos());
            }
            if (text.contains("T")) {
                return ns(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
            }
            LocalTime clock = LocalTime.parse(text);
            ZonedDateTime start = Instant.ofEpochSecond(0, startNs).atZone(ZoneOffset.UTC);
            ZonedDateTime at = start.with(clock);
            at = at.isBefore(start.withNano(0).withSecond(0)) ? at.plusDays(1) : at;
            return ns(at.toInstant());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a time: use 2026-11-22T14:32:00Z, 14:32 (UTC), -5m (before the end) or +90s"
                    + " (after the start)",
                    e);
        }
    }

    /** @throws ArithmeticException for times before 1677 and after 2262 */
    private static long ns(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
    }

    private SnapshotTime() {}
}
