package dev.sockreel.render;

import java.util.Locale;

/** Lengths of time as text, in the unit a person would choose. */
public final class Span {
    private static final long NANOS = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    /** Below this, a span is written in seconds. */
    private static final int MIN_MINUTES_SECONDS = 2 * SECONDS_PER_MINUTE;
    /** Below this, a span is written in minutes. */
    private static final int MIN_HOURS_SECONDS = 2 * SECONDS_PER_HOUR;
    private static final int HOURS_PER_DAY = 24;

    /** Returns {@code 5.6 s}, {@code 12 min} or {@code 26.0 h}. */
    public static String text(long nanos) {
        double seconds = nanos / 1e9;
        if (seconds < MIN_MINUTES_SECONDS) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < MIN_HOURS_SECONDS
                ? String.format(Locale.ROOT, "%.0f min", seconds / SECONDS_PER_MINUTE)
                : String.format(Locale.ROOT, "%.1f h", seconds / SECONDS_PER_HOUR);
    }

    /** Returns the same as {@link #text}, and {@code 2.1 d} from 48 hours on. */
    public static String textWithDays(long nanos) {
        double hours = nanos / 1e9 / SECONDS_PER_HOUR;
        return hours < 2 * HOURS_PER_DAY ? text(nanos) : String.format(Locale.ROOT, "%.1f d", hours / HOURS_PER_DAY);
    }

    /** Returns {@code 40 ms} below a second, else the same as {@link #text}. */
    public static String textWithMillis(long nanos) {
        return nanos < NANOS ? nanos / MILLI + " ms" : text(nanos);
    }

    private Span() {}
}
