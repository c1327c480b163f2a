package dev.sockreel.field;

import dev.sockreel.capture.record.ReceiveTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Text of times: RFC 3339, UTC, nine digits of the second. */
public final class Rfc3339 {
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** Returns the text, null for {@link ReceiveTime#UNKNOWN}. */
    public static @Nullable String of(long realtimeNs) {
        if (realtimeNs == ReceiveTime.UNKNOWN) {
            return null;
        }
        return NANOS.format(Instant.ofEpochSecond(
                Math.floorDiv(realtimeNs, 1_000_000_000L), Math.floorMod(realtimeNs, 1_000_000_000L)));
    }

    /** Returns the text without fractions of a second, for people; null for {@link ReceiveTime#UNKNOWN}. */
    public static @Nullable String seconds(long realtimeNs) {
        String nanos = of(realtimeNs);
        return nanos == null ? null : nanos.substring(0, nanos.indexOf('.')) + "Z";
    }

    private Rfc3339() {}
}
