package dev.sockreel.cli.report;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.render.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Formats times for the page, in UTC with milliseconds. */
final class PageTime {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final String UNKNOWN = "time unknown";

    /** Formats a time as {@code 2026-11-22 10:48:41.741}. */
    static String full(ReceiveTime time) {
        return time.isKnown() ? DAY.format(instant(time)) : UNKNOWN;
    }

    /** Formats a time as {@code 10:48:41.741}. */
    static String clock(ReceiveTime time) {
        return time.isKnown() ? CLOCK.format(instant(time)) : UNKNOWN;
    }

    private static Instant instant(ReceiveTime time) {
        return Instant.ofEpochMilli(Math.floorDiv(time.realtimeNs(), 1_000_000L));
    }

    /** Formats a span as {@code 5.6 s}, {@code 12 min} or {@code 26.0 h}; empty if either time is not known. */
    static String span(ReceiveTime from, ReceiveTime to) {
        return from.isKnown() && to.isKnown() ? Span.text(to.nanosSince(from)) : "";
    }

    private PageTime() {}
}
