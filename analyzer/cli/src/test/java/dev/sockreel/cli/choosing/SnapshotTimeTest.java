package dev.sockreel.cli.choosing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests TIME with a capture from 14:32:05 to 14:42:05. */
class SnapshotTimeTest {
    private static final Instant START = Instant.parse("2026-11-22T14:32:05Z");
    private static final Instant END = START.plusSeconds(600);

    private static long ns(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T14:33:00Z, 2026-11-22T14:33:00Z",
        "2026-11-22T15:33:00.000000001+01:00, 2026-11-22T14:33:00.000000001Z",
        "14:33, 2026-11-22T14:33:00Z",
        "14:32, 2026-11-22T14:32:00Z",
        "00:10, 2026-11-23T00:10:00Z",
        "+90s, 2026-11-22T14:33:35Z",
        "-5m, 2026-11-22T14:37:05Z"
    })
    void isUnderstood(String text, Instant expected) {
        assertEquals(ns(expected), SnapshotTime.parse(text, ns(START), ns(END), ZoneOffset.UTC).ns());
    }

    /** Nanoseconds since 1970 in 64 bits reach from 1677 to 2262. */
    @ParameterizedTest
    @ValueSource(strings = {
        "", "+", "-", "+5", "5m", "noon", "24:01", "2026-13-01T00:00:00Z", "-2822026h", "+999999999d", "-999999999d",
        "2263-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "1600-01-01T00:00:00Z"
    })
    void isNone(String text) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> SnapshotTime.parse(text, ns(START), ns(END), ZoneOffset.UTC));
        assertTrue(String.valueOf(e.getMessage()).startsWith('"' + text + "\" is not a time"), e.getMessage());
    }
}
