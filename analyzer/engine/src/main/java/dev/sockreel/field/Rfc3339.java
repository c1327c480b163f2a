package dev.sockreel.field;

import dev.sockreel.capture.record.ReceiveTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Text of times: RFC 3339, UTC, nine digits of the second. */
public final class Rfc3339 {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);
    private static final long NANOS_OF_SECOND = 1_000_000_000L;

    /** A second and its text: sockets follow one another within milliseconds. */
    private record Second(long epoch, String text) {}

    private static Second last = new Second(0, SECONDS.format(Instant.EPOCH));

    /** Returns the text, null for {@link ReceiveTime#UNKNOWN}. */
    public static @Nullable String of(long realtimeNs) {
        if (realtimeNs == ReceiveTime.UNKNOWN) {
            return null;
        }
        long epoch = Math.floorDiv(realtimeNs, NANOS_OF_SECOND);
        Second second = last; // read once: threads may see different ones, each whole
        if (second.epoch != epoch) {
            second = new Second(epoch, SECONDS.format(Instant.ofEpochSecond(epoch)));
            last = second;
        }
        // the digit in front keeps the zeros
        String nanos = Long.toString(NANOS_OF_SECOND + Math.floorMod(realtimeNs, NANOS_OF_SECOND));
        return second.text + nanos.substring(1) + "Z";
    }

    /** Returns the text without fractions of a second, for people; null for {@link ReceiveTime#UNKNOWN}. */
    public static @Nullable String seconds(long realtimeNs) {
        String nanos = of(realtimeNs);
        return nanos == null ? null : nanos.substring(0, nanos.indexOf('.')) + "Z";
    }

    private Rfc3339() {}
}
