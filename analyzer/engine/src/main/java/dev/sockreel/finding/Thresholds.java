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

    /**
     * Returns whether a problem lasted long enough to be reported. Where the source has no times, it never did: no time
     * is known to have passed.
     *
     * @param snapshots  in which it was seen
     * @param passedNs   between the first and the last of them, negative when it is not known
     * @param intervalNs interval that the recording was asked for, 0 when unknown. Snapshots jitter by fractions of it,
     *                   so a window whose intervals add up to the minimum counts if it is short by less than half of one
     */
    public boolean areReached(int snapshots, long passedNs, long intervalNs) {
        if (snapshots < minSnapshots || passedNs < 0) {
            return false;
        }
        long asked = minTime.toNanos();
        boolean adds = intervalNs > 0 && (snapshots - 1) >= (asked + intervalNs - 1) / intervalNs;
        return passedNs >= asked || adds && passedNs >= asked - intervalNs / 2;
    }
}
