package dev.sockreel.wording;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sizes and times as people read them. */
public final class Amounts {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Returns {@code 812 B}, {@code 48.1 kB} or {@code 31.7 MB}; powers of 1000. */
    public static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** Returns {@code 48s}, {@code 3m05s}, {@code 2h07m} or {@code 4d03h}. */
    public static String span(long ns) {
        long s = Math.max(0, ns) / 1_000_000_000;
        if (s < 60) {
            return s + "s";
        }
        if (s < 3600) {
            return two(s / 60, "m", s % 60, "s");
        }
        return s < 86_400 ? two(s / 3600, "h", s / 60 % 60, "m") : two(s / 86_400, "d", s / 3600 % 24, "h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return String.format(Locale.ROOT, "%d%s%02d%s", large, unit, small, smallUnit);
    }

    /** Returns {@code 2026-11-22 14:02:07 to 14:12:07 UTC}, with the second day where it is another one. */
    public static String between(long firstNs, long lastNs) {
        String day = day(firstNs);
        String lastDay = day(lastNs);
        return day + " " + clock(firstNs) + " to " + (lastDay.equals(day) ? "" : lastDay + " ") + clock(lastNs)
                + " UTC";
    }

    /** Returns {@code 2026-11-22 14:02:07 UTC}. */
    public static String at(long ns) {
        return day(ns) + " " + clock(ns) + " UTC";
    }

    private static String day(long ns) {
        return DAY.format(instant(ns));
    }

    private static String clock(long ns) {
        return CLOCK.format(instant(ns));
    }

    private static Instant instant(long ns) {
        return Instant.ofEpochSecond(Math.floorDiv(ns, 1_000_000_000L));
    }

    private Amounts() {}
}
