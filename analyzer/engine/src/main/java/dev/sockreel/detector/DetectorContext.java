package dev.sockreel.detector;

import dev.sockreel.finding.Thresholds;
import dev.sockreel.track.Listeners;
import dev.sockreel.track.OtherEnds;
import dev.sockreel.track.Window;

/**
 * The context in which a detector judges a track.
 *
 * @param listeners  of the run
 * @param otherEnds  of the followed sockets
 * @param host       counters of the recorded namespaces
 * @param intervalNs interval that the recording was asked for, 0 when unknown
 */
record DetectorContext(Thresholds thresholds, Listeners listeners, OtherEnds otherEnds, HostGrowth host,
        long intervalNs) {
    boolean isLongEnough(Window window) {
        return window.snapshots() > 0 && isLongEnough(window.snapshots(), window.durationNs());
    }

    /** @param passedNs between the first and the last of the snapshots, negative when it is not known */
    boolean isLongEnough(int snapshots, long passedNs) {
        return thresholds.areReached(snapshots, passedNs, intervalNs);
    }
}
