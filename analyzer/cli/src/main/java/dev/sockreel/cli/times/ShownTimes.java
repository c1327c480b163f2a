package dev.sockreel.cli.times;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.field.Rfc3339;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Text of times for people: RFC 3339 in UTC, and behind it in brackets the local time with its offset where one was
 * asked for: {@code 2026-11-29T13:37:20Z (14:37:20 +01:00)}. The local date stands there only if it is another.
 *
 * @param local the zone to show beside UTC; null for none
 */
public record ShownTimes(@Nullable ZoneId local) {
    public static final ShownTimes UTC = new ShownTimes(null);

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss xxx");
    private static final DateTimeFormatter DAY_AND_CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx");

    /** Returns the zone in which a time of day is read. */
    public ZoneId reading() {
        return local == null ? ZoneOffset.UTC : local;
    }

    /** Returns the text with nanoseconds, null for {@link ReceiveTime#UNKNOWN}. */
    public @Nullable String nanos(long realtimeNs) {
        return with(Rfc3339.of(realtimeNs), realtimeNs);
    }

    /** Returns the text without fractions of a second, null for {@link ReceiveTime#UNKNOWN}. */
    public @Nullable String seconds(long realtimeNs) {
        return with(Rfc3339.seconds(realtimeNs), realtimeNs);
    }

    private @Nullable String with(@Nullable String utc, long realtimeNs) {
        String beside = beside(realtimeNs);
        return utc == null || beside.isEmpty() ? utc : utc + " (" + beside + ")";
    }

    /** Returns the local time alone, empty where none is shown or the time is not known. */
    public String beside(long realtimeNs) {
        if (local == null || realtimeNs == ReceiveTime.UNKNOWN) {
            return "";
        }
        ZonedDateTime at = zoned(realtimeNs, local);
        boolean sameDay = at.toLocalDate().equals(at.withZoneSameInstant(ZoneOffset.UTC).toLocalDate());
        return (sameDay ? CLOCK : DAY_AND_CLOCK).format(at);
    }

    /** Returns {@code 14:37:20 +01:00 to 14:38:02 +01:00} of two known times; empty where no local time is shown. */
    public String span(long fromNs, long toNs) {
        String from = beside(fromNs);
        String to = beside(toNs);
        return from.isEmpty() || to.isEmpty() ? "" : from.equals(to) ? from : from + " to " + to;
    }

    /** Returns the moment in a zone; its time is known. */
    public static ZonedDateTime zoned(long realtimeNs, ZoneId zone) {
        return Instant.ofEpochSecond(
                Math.floorDiv(realtimeNs, 1_000_000_000L), Math.floorMod(realtimeNs, 1_000_000_000L)).atZone(zone);
    }
}
