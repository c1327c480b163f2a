package dev.sockreel.cli.diff;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.snapshot.Snapshot;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One of the two snapshots that are compared.
 *
 * @param bootId null when the capture does not name it
 */
record DiffSide(Path file, int snapshot, ReceiveTime time, @Nullable String bootId) {
    static DiffSide of(Path file, Snapshot snapshot) {
        return new DiffSide(file, snapshot.index(), snapshot.begin(), snapshot.host().get(HostEvidence.BOOT_ID));
    }

    /** Null where the source has no times. */
    @Nullable
    Long nanosTo(DiffSide later) {
        return time.isKnown() && later.time.isKnown() ? later.time.realtimeNs() - time.realtimeNs() : null;
    }
}
