package dev.sockreel.recorder;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The names of a rotated recording's parts: {@code x.reel} becomes {@code x-20261122T101500Z.reel} by the realtime
 * clock, and {@code x-20261122T101500Z-2.reel} where that name is taken, as after a step of the clock.
 *
 * @param file  the name given by the user
 * @param stamp the time in the name
 */
record PartName(Path file, String stamp) {
    /** The highest number of a part. */
    static final int MAX_NUMBER = 10_000;

    private static final String SUFFIX = ".reel";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static PartName of(Path file, Instant now) {
        return new PartName(file, STAMP.format(now));
    }

    /** @param number from 1, which has no suffix */
    Path numbered(int number) {
        String name = String.valueOf(file.getFileName());
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return file.resolveSibling(stem + "-" + stamp + (number == 1 ? "" : "-" + number) + SUFFIX);
    }
}
