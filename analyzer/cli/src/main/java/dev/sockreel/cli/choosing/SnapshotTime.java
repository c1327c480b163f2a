package dev.sockreel.cli.choosing;

import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.field.Rfc3339;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Parses a TIME: {@code -5m} (before the end), {@code +90s} (after the start), or {@code [DATE(T| )]CLOCK[ZONE]}. A
 * clock without a date is that time of day within the capture: the first one, or, if it is outside, the nearest.
 * Without a zone the time is of the zone in which times are read.
 */
public final class SnapshotTime {
    private static final Pattern SHAPE = Pattern.compile("(?:(\\d{4})-(\\d{1,2})-(\\d{1,2}))?"
            + "(?:(?:^|[Tt]| +)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?"
            + "(?: ?([Zz]|UTC|[+-]\\d{2}:?\\d{2}))?)?");
    private static final DateTimeFormatter WITH_OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    /**
     * A time, and how it was read if the text left that open.
     *
     * @param ns      nanoseconds since 1970
     * @param reading {@code 2026-11-29T13:37:20Z (UTC)} of a text without a date or a zone, else null
     */
    public record Parsed(long ns, @Nullable String reading) {}

    private final String text;
    private final long startNs;
    private final long endNs;

    private SnapshotTime(String text, long startNs, long endNs) {
        this.text = text;
        this.startNs = startNs;
        this.endNs = endNs;
    }

    /**
     * Parses a time.
     *
     * @param startNs start of the capture, nanoseconds since 1970
     * @param endNs   end of the capture, nanoseconds since 1970
     * @param zone    of texts that name none
     * @throws IllegalArgumentException if the text is not a time
     */
    public static Parsed parse(String text, long startNs, long endNs, ZoneId zone) {
        return new SnapshotTime(text, startNs, endNs).parse(zone);
    }

    private Parsed parse(ZoneId zone) {
        Duration d = text.startsWith("+") || text.startsWith("-") ? Durations.parse(text.substring(1)) : null;
        try {
            if (d != null) {
                return new Parsed(text.startsWith("+") ? Math.addExact(startNs, d.toNanos())
                        : Math.subtractExact(endNs, d.toNanos()), null);
            }
            Matcher parts = SHAPE.matcher(text);
            if (text.isEmpty() || !parts.matches()) {
                throw none("use 2026-11-22T14:32:00Z, 14:32 (UTC), -5m (before the end) or +90s (after the start)");
            }
            LocalDate date = parts.group(1) == null ? null : date(parts);
            if (parts.group(4) == null) {
                throw none("the time of day is missing: " + text + "T14:32:00Z");
            }
            ZoneId ofText = parts.group(8) == null ? null : zone(parts.group(8));
            return read(date, clock(parts), ofText, zone);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a time: a capture's are from 1678 to 2261", e);
        }
    }

    private Parsed read(@Nullable LocalDate date, LocalTime clock, @Nullable ZoneId ofText, ZoneId zone) {
        ZoneId in = ofText == null ? zone : ofText;
        long ns = date == null ? nearest(clock, in) : only(date.atTime(clock), in);
        return new Parsed(ns, date != null && ofText != null ? null : reading(ns, in));
    }

    private static String reading(long ns, ZoneId in) {
        String utc = String.valueOf(Rfc3339.seconds(ns));
        return in.normalized().equals(ZoneOffset.UTC) ? utc + " (UTC)"
                : WITH_OFFSET.format(ShownTimes.zoned(ns, in)) + " (" + utc.substring(utc.indexOf('T') + 1) + ")";
    }

    private LocalDate date(Matcher parts) {
        int year = Integer.parseInt(parts.group(1));
        int month = Integer.parseInt(parts.group(2));
        int day = Integer.parseInt(parts.group(3));
        if (month < 1 || month > 12) {
            throw none("there is no month " + month);
        }
        if (day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
            String name = Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            throw none(name + " " + year + " has no day " + day);
        }
        return LocalDate.of(year, month, day);
    }

    private LocalTime clock(Matcher parts) {
        int hour = Integer.parseInt(parts.group(4));
        int minute = Integer.parseInt(parts.group(5));
        int second = parts.group(6) == null ? 0 : Integer.parseInt(parts.group(6));
        if (hour > 23) {
            throw none("there is no hour " + hour + ": a day ends at 23:59:59");
        }
        if (minute > 59 || second > 59) {
            throw none("there is no " + (minute > 59 ? "minute " + minute : "second " + second));
        }
        String fraction = parts.group(7) == null ? "" : parts.group(7);
        return LocalTime.of(hour, minute, second, Integer.parseInt((fraction + "000000000").substring(0, 9)));
    }

    private ZoneId zone(String name) {
        try {
            return name.equalsIgnoreCase("Z") || name.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(name);
        } catch (DateTimeException e) {
            throw none(name + " is no offset from UTC");
        }
    }

    /** Returns the moment of a local time; the first of two where clocks were set back. */
    private long only(LocalDateTime at, ZoneId zone) {
        List<Long> all = moments(at, zone);
        if (all.isEmpty()) {
            throw none("clocks of " + zone + " were set forward and skipped it");
        }
        return all.stream().filter(ns -> startNs <= ns && ns <= endNs).findFirst().orElse(all.getFirst());
    }

    private static List<Long> moments(LocalDateTime at, ZoneId zone) {
        return zone.getRules().getValidOffsets(at).stream().map(o -> ns(at.toInstant(o))).toList();
    }

    /** Returns the first such time of day from the start's minute to the end; if there is none, the nearest to both. */
    private long nearest(LocalTime clock, ZoneId zone) {
        LocalDate day = ShownTimes.zoned(startNs, zone).toLocalDate();
        List<Long> all = IntStream.rangeClosed(-1, 2)
                .mapToObj(day::plusDays)
                .flatMap(d -> moments(d.atTime(clock), zone).stream())
                .sorted()
                .toList();
        long startMinute = Math.floorDiv(startNs, 60_000_000_000L) * 60_000_000_000L;
        Optional<Long> within = all.stream().filter(ns -> startMinute <= ns && ns <= endNs).findFirst();
        return within.orElseGet(() -> all.stream()
                .min((a, b) -> Long.compare(distance(a), distance(b)))
                .orElseThrow());
    }

    private long distance(long ns) {
        return ns < startNs ? startNs - ns : Math.max(0, ns - endNs);
    }

    private IllegalArgumentException none(String why) {
        return new IllegalArgumentException("\"" + text + "\" is not a time: " + why);
    }

    /** @throws ArithmeticException for times before 1677 and after 2262 */
    private static long ns(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
    }
}
