package dev.sockreel.cli.files;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.snapshot.OwnerTable;
import dev.sockreel.snapshot.Snapshot;

/**
 * The number of snapshots in which owners were looked up, and how old those of the others are.
 *
 * @param lookUps  number of snapshots with a look-up of their own
 * @param carried  number of snapshots that have the owners of an earlier one
 * @param maxAgeNs the longest time from a look-up to the begin of a snapshot that has its owners, nanoseconds; 0 for
 *                 none or not known
 */
record OwnerLookUps(int lookUps, int carried, long maxAgeNs) {
    static final OwnerLookUps NONE = new OwnerLookUps(0, 0, 0);

    double maxAgeSeconds() {
        return maxAgeNs / 1e9;
    }

    OwnerLookUps with(Snapshot snapshot) {
        OwnerTable owners = snapshot.owners();
        if (!owners.isRecorded()) {
            return this;
        }
        if (owners.scanSnapshot() == snapshot.index()) {
            return new OwnerLookUps(lookUps + 1, carried, maxAgeNs);
        }
        ReceiveTime begun = owners.begun();
        long ageNs = begun.isKnown() && snapshot.begin().isKnown()
                ? snapshot.begin().nanosSince(begun) : 0;
        return new OwnerLookUps(lookUps, carried + 1, Math.max(maxAgeNs, ageNs));
    }
}
