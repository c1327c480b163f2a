package dev.sockreel.cli.choosing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
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
        "14:33:07Z, 2026-11-22T14:33:07Z",
        "14:33:07 Z, 2026-11-22T14:33:07Z",
        "15:33+01:00, 2026-11-22T14:33:00Z",
        "14:33UTC, 2026-11-22T14:33:00Z",
        "2026-11-22 14:33, 2026-11-22T14:33:00Z",
        "2026-11-22T14:33:07.5, 2026-11-22T14:33:07.5Z",
        "2026-11-22t14:33:07z, 2026-11-22T14:33:07Z",
        "2026-11-22 15:33:07+0100, 2026-11-22T14:33:07Z",
        "1999-01-01 00:00, 1999-01-01T00:00:00Z",
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

    @ParameterizedTest
    @CsvSource({
        "2026-13-40, there is no month 13", "2026-13-01T00:00:00Z, there is no month 13",
        "2026-00-01 10:00, there is no month 0", "2026-11-31 10:00, November 2026 has no day 31",
        "2026-02-29T10:00Z, February 2026 has no day 29", "2026-11-00 10:00, November 2026 has no day 0",
        "24:01, there is no hour 24: a day ends at 23:59:59", "12:60, there is no minute 60",
        "12:00:60, there is no second 60", "2026-11-22, the time of day is missing: 2026-11-22T14:32:00Z",
        "14:32+25:00, +25:00 is no offset from UTC",
        "noon, 'use 2026-11-22T14:32:00Z, 14:32 (UTC), -5m (before the end) or +90s (after the start)'"
    })
    void saysWhatIsWrong(String text, String why) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> SnapshotTime.parse(text, ns(START), ns(END), ZoneOffset.UTC));
        assertEquals('"' + text + "\" is not a time: " + why, e.getMessage());
    }

    /** A reading is given where the text leaves the date or the zone open. */
    @ParameterizedTest
    @CsvSource({
        "14:33, UTC, 2026-11-22T14:33:00Z (UTC)", "14:33Z, Europe/Berlin, 2026-11-22T14:33:00Z (UTC)",
        "2026-11-22 14:33, UTC, 2026-11-22T14:33:00Z (UTC)",
        "15:33, Europe/Berlin, 2026-11-22T15:33:00+01:00 (14:33:00Z)",
        "2026-11-22T15:33:09, Europe/Berlin, 2026-11-22T15:33:09+01:00 (14:33:09Z)",
        "00:33, Australia/Sydney, 2026-11-23T00:33:00+11:00 (13:33:00Z)",
        "2026-11-22T14:33:00Z, Europe/Berlin,", "-5m, Europe/Berlin,", "+90s, UTC,",
        "2026-11-22T14:33+05:30, UTC,"
    })
    void saysHowItWasRead(String text, String zone, String reading) {
        assertEquals(reading, SnapshotTime.parse(text, ns(START), ns(END), ZoneId.of(zone)).reading());
    }

    /** Spans from 23:50 to 00:20, also of the day after next: the first such time within, or else the nearest. */
    @ParameterizedTest
    @CsvSource({
        "23:50, 30, 22T23:50", "23:55, 30, 22T23:55", "00:10, 30, 23T00:10", "00:20, 30, 23T00:20",
        "23:40, 30, 22T23:40", "00:21, 30, 23T00:21", "12:30, 30, 22T12:30", "11:00, 30, 23T11:00",
        "12:00, 30, 23T12:00", "12:10, 30, 22T12:10", "23:40, 2910, 23T23:40", "00:10, 2910, 23T00:10",
        "12:00, 2910, 23T12:00"
    })
    void aClockIsWithinTheCaptureIfItCan(String clock, int minutes, String expected) {
        Instant start = Instant.parse("2026-11-22T23:50:30Z");
        Instant end = start.plusSeconds(60L * minutes - 30);
        assertEquals(ns(Instant.parse("2026-11-" + expected + ":00Z")),
                SnapshotTime.parse(clock, ns(start), ns(end), ZoneOffset.UTC).ns());
    }

    /** On 2026-03-29 clocks of Berlin went from 02:00 to 03:00, on 2026-10-25 from 03:00 back to 02:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-29 01:59, 2026-03-29T00:59:00Z", "2026-03-29 03:00, 2026-03-29T01:00:00Z",
        "2026-10-25 02:30, 2026-10-25T00:30:00Z", "2026-10-25T02:30+01:00, 2026-10-25T01:30:00Z",
        "2026-10-25 03:30, 2026-10-25T02:30:00Z"
    })
    void datesOfSummerTime(String text, Instant expected) {
        assertEquals(ns(expected), SnapshotTime.parse(text, ns(START), ns(END), ZoneId.of("Europe/Berlin")).ns());
    }

    /** A skipped time is none; of a repeated one that within the capture is meant, or else the first. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-29T00:30:00Z, 03:10, 2026-03-29T01:10:00Z", "2026-03-29T00:30:00Z, 02:30, 2026-03-30T00:30:00Z",
        "2026-10-24T23:30:00Z, 02:30, 2026-10-25T00:30:00Z", "2026-10-25T01:10:00Z, 02:30, 2026-10-25T01:30:00Z",
        "2026-10-25T01:10:00Z, 2026-10-25 02:30, 2026-10-25T01:30:00Z"
    })
    void clocksOfSummerTime(Instant start, String text, Instant expected) {
        Instant end = start.plusSeconds(2 * 3600);
        assertEquals(ns(expected),
                SnapshotTime.parse(text, ns(start), ns(end), ZoneId.of("Europe/Berlin")).ns());
    }

    @Test
    void aSkippedTimeIsNone() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> SnapshotTime.parse(
                "2026-03-29 02:30", ns(START), ns(END), ZoneId.of("Europe/Berlin")));
        assertEquals("\"2026-03-29 02:30\" is not a time: clocks of Europe/Berlin were set forward and skipped it",
                e.getMessage());
    }
}
