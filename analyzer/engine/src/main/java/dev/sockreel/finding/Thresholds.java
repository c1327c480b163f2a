package dev.sockreel.finding;

import java.time.Duration;

/**
 * The minimum duration of a problem before it is reported.
 *
 * @param minSnapshots consecutive snapshots
 * @param minTime      between the first and the last of them
 */
public record Thresholds(int minSnapshots, Duration minTime) {
    public static final Thresholds DEFAULT = new Thresholds(3, Duration.ofSeconds(2));
}
