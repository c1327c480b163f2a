package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;

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

    /** @param begin offset of its first group in the file, bytes, or {@link #UNKNOWN_BEGIN} */
    CaptureRun(long begin, long fileId, int nextGroup, int snapshot) {
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

    void recordRead(CaptureRecord record) {
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
