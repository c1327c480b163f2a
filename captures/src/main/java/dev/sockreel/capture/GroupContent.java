package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a group states about its records, gathered from the records of one capture in their order. The
 * writer states it, the reader compares.
 */
final class GroupContent {
    private int snapshot = CaptureWriter.NO_SNAPSHOT;
    private boolean snapshotOpen;
    private int snapshots;
    private long realtimeNs = ReceiveTime.UNKNOWN;
    private boolean isEmpty = true;
    private int flags;
    private int firstSnapshot;
    private int begins;
    /** True if a record of this group determines its time; else it has that of the group before. */
    private boolean hasOwnTime;
    private long firstRecordNs = ReceiveTime.UNKNOWN;
    private boolean closeIsLast;

    /** Begins the next group. */
    void nextGroup() {
        isEmpty = true;
        flags = 0;
        begins = 0;
        hasOwnTime = false;
        closeIsLast = false;
    }

    /** @param record null if this version does not know its type */
    void add(@Nullable CaptureRecord record) {
        if (isEmpty) {
            firstSnapshot = snapshot;
            firstRecordNs = record == null ? ReceiveTime.UNKNOWN : new ReadPlace().timeNs(record);
        }
        closeIsLast = false;
        switch (record) {
            case null -> {} // of a later version
            case CaptureHeader h -> time(h.created());
            case SnapshotBegin b -> {
                snapshot = b.snapshot();
                firstSnapshot = snapshot;
                snapshotOpen = true;
                snapshots++;
                begins++;
                time(b.time());
            }
            case Datagram d -> {
                if (isEmpty) {
                    time(d.time());
                }
            }
            case SnapshotEnd e -> snapshotOpen = false;
            case CaptureClose c -> {
                flags |= GroupHeader.LAST;
                closeIsLast = true;
            }
            default -> flags |= lastingFlags(record);
        }
        isEmpty = false;
    }

    /** Returns which of {@link GroupHeader#LASTING_FLAGS} a record sets. */
    static int lastingFlags(CaptureRecord record) {
        return switch (record) {
            case Owners o when o.whole() && o.part() == 0 -> GroupHeader.OWNERS;
            case Processes p -> GroupHeader.FACTS;
            case HostNamespaces n -> GroupHeader.NAMESPACES;
            default -> 0;
        };
    }

    /** Notes what a group of predicted records holds, and whether it begins a chain. */
    void mark(int more) {
        flags |= more;
    }

    private void time(ReceiveTime time) {
        realtimeNs = time.realtimeNs();
        hasOwnTime = true;
    }

    boolean isSnapshotOpen() {
        return snapshotOpen;
    }

    /** Returns the number of snapshots begun in the capture so far. */
    int snapshots() {
        return snapshots;
    }

    int flags() {
        return flags;
    }

    int firstSnapshot() {
        return firstSnapshot;
    }

    long realtimeNs() {
        return realtimeNs;
    }

    /**
     * Compares a group that was read whole with its header.
     *
     * @param follows true if the group before was read whole, too
     * @return what contradicts what, null for nothing
     */
    @Nullable
    String contradiction(GroupHeader h, boolean follows) {
        if (begins > 1) {
            return begins + " snapshots begin in the group, but only one may";
        }
        if (h.firstSnapshot() != firstSnapshot && (follows || begins > 0)) {
            return "the group header states snapshot " + h.firstSnapshot() + ", but the group is of snapshot "
                    + firstSnapshot;
        }
        boolean mayHaveAnotherTime = !hasOwnTime && (!follows || h.realtimeNs() == firstRecordNs);
        if (h.realtimeNs() != realtimeNs && !mayHaveAnotherTime) {
            return "the group header states the time " + h.realtimeNs() + " ns, but the group is of " + realtimeNs
                    + " ns";
        }
        int known = GroupHeader.LAST | GroupHeader.OWNERS;
        if ((h.flags() & known) != (flags & known)) {
            return "the group header has the flags " + (h.flags() & known) + ", but its records are those of a group"
                    + " with the flags " + flags;
        }
        return (flags & GroupHeader.LAST) != 0 && !closeIsLast ? "a record follows the close record" : null;
    }
}
