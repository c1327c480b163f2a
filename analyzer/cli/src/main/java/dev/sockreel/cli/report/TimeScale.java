package dev.sockreel.cli.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A span of time on a line of 100 percent.
 *
 * @param fromNs begin, nanoseconds since 1970
 * @param toNs   end, later than the begin
 */
record TimeScale(long fromNs, long toNs) {
    private static final int MAX_TICKS = 6;
    /** Ticks nearer to an end than this have their label within the line, in percent. */
    private static final double EDGE = 8;
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final List<Long> STEPS = List.of(
            MS, 2 * MS, 5 * MS, 10 * MS, 20 * MS, 50 * MS, 100 * MS, 200 * MS, 500 * MS, SECOND, 2 * SECOND,
            5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE,
            15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY);

    /**
     * A labelled point.
     *
     * @param anchor {@code start}, {@code middle} or {@code end}: which part of the label stands at the point
     */
    record Tick(String x, String label, String anchor) {}

    /** Returns where a time lies. */
    double position(long ns) {
        return toNs - fromNs > 0
                ? 100.0 * (ns - fromNs) / (toNs - fromNs)
                : 100.0 * ((double) ns - fromNs) / ((double) toNs - fromNs); // further apart than a long holds
    }

    String x(long ns) {
        return percent(position(ns));
    }

    static String percent(double value) {
        return String.format(Locale.ROOT, "%.3f%%", value);
    }

    /** Returns ticks at round times, at most six. */
    List<Tick> ticks() {
        long step = step();
        List<Tick> ticks = new ArrayList<>();
        long first = Math.ceilDiv(fromNs, step) * step;
        for (int i = 0; i < MAX_TICKS && first <= toNs - i * step; i++) {
            long at = first + i * step;
            double x = position(at);
            ticks.add(new Tick(
                    percent(x), label(at, step), x < EDGE ? "start" : x > 100 - EDGE ? "end" : "middle"));
        }
        return ticks;
    }

    private long step() {
        // times of a hostile file may lie further apart than a long holds
        long spanNs = toNs - fromNs < 0 ? Long.MAX_VALUE : toNs - fromNs;
        long least = Math.max(1, Math.ceilDiv(spanNs, MAX_TICKS - 1));
        return STEPS.stream().filter(s -> s >= least).findFirst().orElse(Math.ceilDiv(least, DAY) * DAY);
    }

    private static String label(long ns, long step) {
        String pattern = step >= DAY ? "uuuu-MM-dd"
                : step >= HOUR ? "MM-dd HH:mm"
                : step >= MINUTE ? "HH:mm"
                : step >= SECOND ? "HH:mm:ss" : "HH:mm:ss.SSS";
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC)
                .format(Instant.ofEpochMilli(Math.floorDiv(ns, MS)));
    }
}
