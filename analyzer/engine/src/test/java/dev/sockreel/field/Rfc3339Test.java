package dev.sockreel.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.capture.record.ReceiveTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is {@code java.time}. */
class Rfc3339Test {
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(longs = {
        0, 1, 999_999_999, 1_000_000_000, -1, -1_000_000_000, 1_795_938_884_724_357_751L, 1_795_938_884_000_000_001L,
        1_795_938_885_100_000_000L, Long.MAX_VALUE, Long.MIN_VALUE + 1
    })
    void nanosecondsHaveNineDigits(long ns) {
        Instant time = Instant.ofEpochSecond(Math.floorDiv(ns, 1_000_000_000L), Math.floorMod(ns, 1_000_000_000L));
        assertEquals(NANOS.format(time), Rfc3339.of(ns));
    }

    @ParameterizedTest
    @ValueSource(longs = ReceiveTime.UNKNOWN)
    void anUnknownTimeHasNoText(long ns) {
        assertNull(Rfc3339.of(ns));
    }
}
