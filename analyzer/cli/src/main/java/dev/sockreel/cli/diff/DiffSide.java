package dev.sockreel.cli.diff;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.snapshot.Snapshot;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One of the two snapshots of a diff.
 *
 * @param bootId null when the capture does not record it
 */
record DiffSide(Path file, int snapshot, ReceiveTime time, @Nullable String bootId) {
    static DiffSide of(Path file, Snapshot snapshot) {
        return new DiffSide(file, snapshot.index(), snapshot.begin(), snapshot.host().get(HostEvidence.BOOT_ID));
    }

    /** Returns the nanoseconds from this snapshot to a later one; null if a time is not known. */
    @Nullable
    Long nanosTo(DiffSide later) {
        return time.isKnown() && later.time.isKnown() ? later.time.realtimeNs() - time.realtimeNs() : null;
    }
}
