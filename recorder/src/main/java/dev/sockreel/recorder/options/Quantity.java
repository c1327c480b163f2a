package dev.sockreel.recorder.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses times (500ms 10s 10m 24h 7d) and sizes (64K 256M 4G 1T, powers of 1024) of the command line. */
public final class Quantity {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|K|M|G|T)");

    /**
     * Parses a time.
     *
     * @throws IllegalArgumentException with one sentence for people
     */
    public static Duration duration(String text) {
        if (!isSize(text) && !TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a time (500ms, 10s, 10m, 24h, 7d)");
        }
        Matcher m = match(text);
        long n = Long.parseLong(m.group(1));
        Duration out = switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            case "d" -> Duration.ofDays(n);
            default -> throw new IllegalArgumentException(
                    "'" + text + "' is a size; a time such as 10s or 10m is needed");
        };
        if (out.isZero() || out.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is out of range");
        }
        return out;
    }

    /** Throws unless the text is a time or a size. */
    static void check(String text) {
        match(text);
    }

    static boolean isSize(String text) {
        return text.matches(".*[KMGT]");
    }

    /**
     * Parses a size, bytes.
     *
     * @throws IllegalArgumentException with one sentence for people
     */
    public static long bytes(String text) {
        Matcher m = match(text);
        int shift = switch (m.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            case "T" -> 40;
            default -> throw new IllegalArgumentException(
                    "'" + text + "' is a time; a size such as 256M or 4G is needed");
        };
        long n = Long.parseLong(m.group(1));
        if (n == 0 || n > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("'" + text + "' is out of range");
        }
        return n << shift;
    }

    private static Matcher match(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a time (500ms, 10s, 10m, 24h, 7d) nor a size (256M, 4G)");
        }
        return m;
    }

    /** Formats a time as it is written on the command line. */
    public static String format(Duration time) {
        if (time.toMillis() % 1000 != 0) {
            return time.toMillis() + "ms";
        }
        return time.toSeconds() % 60 != 0 ? time.toSeconds() + "s" : time.toMinutes() + "m";
    }

    private Quantity() {}
}
