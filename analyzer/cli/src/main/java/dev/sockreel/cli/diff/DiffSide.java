package dev.sockreel.cli.diff;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One of the two snapshots of a diff.
 *
 * @param bootId null when the capture does not record it
 */
record DiffSide(Path file, SnapshotId id, ReceiveTime time, @Nullable String bootId) {
    static DiffSide of(Path file, Snapshot snapshot) {
        return new DiffSide(file, snapshot.id(), snapshot.begin(), snapshot.host().get(HostEvidence.BOOT_ID));
    }

    /** Returns the snapshot's number. */
    int snapshot() {
        return id.number();
    }

    /** Returns whether the other snapshot is of the same file or of a copy of it. */
    boolean isOfSameFile(DiffSide other) {
        return file.equals(other.file) || id.fileId() == other.id.fileId();
    }

    /** Returns the nanoseconds from this snapshot to a later one of the same boot; null if a time is not known. */
    @Nullable
    Long nanosTo(DiffSide later) {
        long ns = later.time.nanosSince(time);
        return ns == ReceiveTime.UNKNOWN ? null : ns;
    }
}
