package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;

/** How far one capture has been read; several may be joined in a file. */
final class CaptureRun {
    /** Where a reader went that did not come from the capture's begin. */
    static final long UNKNOWN_BEGIN = -1;

    private final long begin;
    private final long fileId;
    private int nextGroup;
    private boolean closeSeen;
    private boolean indexSeen;
    private int snapshot;
    private int dump = -1;
    private int nextDatagram = -1;

    /** @param begin of its first group, bytes from the file's begin */
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

    /** On purpose: close record and index were read. */
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

    /** Of the one that should follow. */
    int nextGroup() {
        return nextGroup;
    }

    /** The last that began, -1 before the first. */
    int snapshot() {
        return snapshot;
    }

    /** The one that was read last and has not ended; -1 for none. */
    int dump() {
        return dump;
    }

    /** Of {@link #dump}; -1 without one. */
    int nextDatagram() {
        return nextDatagram;
    }

    /** Whether a group can be its next, or the first of another capture that was joined to it. */
    boolean canGoOnWith(GroupHeader h) {
        return isClosed() ? h.number() == 0 : h.fileId() == fileId && h.number() == nextGroup;
    }

    /** Whether another capture begins with this group. */
    boolean endsBefore(GroupHeader h) {
        return h.fileId() != fileId || indexSeen || (h.number() == 0 && nextGroup > 0);
    }
}
