package dev.sockreel.capture;

import dev.sockreel.capture.order.RecordOrder;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import org.jspecify.annotations.Nullable;

/** The progress of reading one capture; a file may hold several. */
final class CaptureRun {
    /** The begin of a capture that is read from the middle. */
    static final long UNKNOWN_BEGIN = -1;

    private final long begin;
    private final long fileId;
    private int nextGroup;
    private boolean closeSeen;
    private boolean indexSeen;
    private int snapshot;
    private int dump = -1;
    private int nextDatagram = -1;
    private final RecordOrder order;
    private final GroupContent content = new GroupContent();
    /** True if nothing is missing between the groups read last and next. */
    private boolean follows;
    private boolean damaged;

    /**
     * Begins a capture.
     *
     * @param begin    offset of its first group in the file, bytes, or {@link #UNKNOWN_BEGIN}
     * @param whole    true if its first group is the next to be read
     * @param problems receives what its records contradict
     */
    CaptureRun(long begin, long fileId, int nextGroup, int snapshot, boolean whole, RecordOrder.Problems problems) {
        this.follows = whole;
        this.order = new RecordOrder(fileId, snapshot, whole, problems);
        this.begin = begin;
        this.fileId = fileId;
        this.nextGroup = nextGroup;
        this.snapshot = snapshot;
    }

    void groupRead(int number) {
        nextGroup = number + 1;
    }

    void indexRead() {
        indexSeen = true;
    }

    /** @param loses true if records may be missing here */
    void damage(boolean loses) {
        damaged = true;
        if (loses) {
            order.loss();
            follows = false;
        }
    }

    boolean isDamaged() {
        return damaged;
    }

    /**
     * Reads the next record.
     *
     * @param record null if this version does not know its type
     * @return false if the record contradicts those before it and is passed over
     */
    boolean takes(@Nullable CaptureRecord record) {
        content.add(record);
        if (record == null) {
            return true;
        }
        boolean takes = order.takes(record);
        if (takes) {
            recordRead(record);
        }
        return takes;
    }

    /** Returns whether a whole scan of owners begins in the records of the group so far. */
    boolean ownersBegin() {
        return (content.flags() & GroupHeader.OWNERS) != 0;
    }

    /** Counts datagrams of an open dump that were read otherwise than as records. */
    void took(int dump, int datagrams) {
        order.took(dump, datagrams);
    }

    /**
     * Ends the group whose records were read.
     *
     * @param whole true if all of them are intact
     * @return what its header states wrongly, null for nothing
     */
    @Nullable
    String endGroup(GroupHeader h, boolean whole) {
        String why = whole ? content.contradiction(h, follows) : null;
        follows = whole;
        content.nextGroup();
        return why;
    }

    private void recordRead(CaptureRecord record) {
        switch (record) {
            case SnapshotBegin b -> {
                snapshot = b.snapshot();
                noDump();
            }
            case DumpBegin d -> {
                dump = d.dump();
                nextDatagram = 0;
            }
            case Datagram d -> {
                dump = d.dump();
                nextDatagram = d.number() + 1;
            }
            case DumpEnd e when e.dump() == dump -> noDump();
            case SnapshotEnd e -> noDump();
            case CaptureClose c -> closeSeen = true;
            default -> {}
        }
    }

    private void noDump() {
        dump = -1;
        nextDatagram = -1;
    }

    /** Returns true when close record and index were read. */
    boolean isClosed() {
        return closeSeen && indexSeen;
    }

    boolean closeSeen() {
        return closeSeen;
    }

    boolean indexSeen() {
        return indexSeen;
    }

    long begin() {
        return begin;
    }

    long fileId() {
        return fileId;
    }

    /** The number of the group that should follow. */
    int nextGroup() {
        return nextGroup;
    }

    /** The snapshot that began last, -1 before the first. */
    int snapshot() {
        return snapshot;
    }

    /** The dump that was read last and has not ended; -1 for none. */
    int dump() {
        return dump;
    }

    /** The number of the next datagram of {@link #dump}; -1 without a dump. */
    int nextDatagram() {
        return nextDatagram;
    }

    /** Returns whether a group can be the next of this capture, or the first of one that was joined to it. */
    boolean canContinueWith(GroupHeader h) {
        return isClosed() ? h.number() == 0 : h.fileId() == fileId && h.number() == nextGroup;
    }

    /** Returns whether another capture begins with this group. */
    boolean endsBefore(GroupHeader h) {
        return h.fileId() != fileId || indexSeen || (h.number() == 0 && nextGroup > 0);
    }
}
