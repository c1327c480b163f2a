package dev.sockreel.capture.order;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.capture.record.SnapshotPart;

/**
 * Checks the records of one capture, in the order of the file, against each other, and decides once for all readers
 * which of those that contradict others are passed over: captures/FORMAT.md, "Contradictions". What may be explained by
 * records that are missing is no contradiction.
 */
public final class RecordOrder {
    /** Receives the contradictions. */
    public interface Problems {
        /**
         * Reports one contradiction.
         *
         * @param loses true if a part of the recording is passed over, or may be missing
         * @param why   one clause that says what contradicts what
         */
        void report(boolean loses, String why);
    }

    private static final int NONE = -1;

    private final long fileId;
    private final Problems problems;
    private final UsedNumbers dumpNumbers = new UsedNumbers();
    private OpenSnapshot open;
    /** The snapshot that began last. */
    private int snapshot;
    private boolean isOpen;
    /** True within a snapshot that is passed over. */
    private boolean passing;
    /** True when records may be missing since the last snapshot began. */
    private boolean gap;
    /** True when groups or records of the capture are missing. */
    private boolean lost;
    private boolean begun;
    private boolean closed;
    private int snapshots;
    /** The last foreign snapshot whose records were passed over: only the first is reported. */
    private int foreign = NONE;

    /**
     * Begins a capture.
     *
     * @param fileId   id of the file in the headers of its groups
     * @param snapshot the snapshot before the first record, -1 at the capture's begin
     * @param whole    false when the first records are missing, or are not read
     */
    public RecordOrder(long fileId, int snapshot, boolean whole, Problems problems) {
        this.fileId = fileId;
        this.snapshot = snapshot;
        this.problems = problems;
        this.gap = !whole;
        this.lost = !whole;
        this.begun = !whole;
        this.open = new OpenSnapshot(dumpNumbers, gap, problems);
    }

    /** Notes that records may be missing here. */
    public void loss() {
        gap = true;
        lost = true;
        open.loss();
    }

    /** Returns whether the next record counts; if not, it is passed over. */
    public boolean takes(CaptureRecord record) {
        boolean isFirst = !begun;
        begun = true;
        if (isFirst && !(record instanceof CaptureHeader)) {
            problems.report(true, "the capture does not begin with a CaptureHeader");
        }
        return switch (record) {
            case CaptureHeader h -> header(h, isFirst);
            case SnapshotBegin b -> begin(b);
            case CaptureClose c -> close(c);
            case SnapshotEnd e -> end(e);
            case ClosedSockets c when c.snapshot() == snapshot && !passing -> !isOpen || open.takes(c);
            case SnapshotPart p -> part(p);
            case RecorderNote n -> note(n);
            case Datagram d -> !passing && open.takes(d);
            case DumpEnd e -> !passing && open.takes(e);
            case NetworkNamespace n -> !passing && open.takes(n);
            default -> true;
        };
    }

    private boolean header(CaptureHeader h, boolean isFirst) {
        if (!isFirst) {
            problems.report(false, "a CaptureHeader stands within the capture; it is passed over");
            return false;
        }
        if (h.fileId() != fileId) {
            problems.report(false, "the CaptureHeader is of file %016x, but its group of file %016x"
                    .formatted(h.fileId(), fileId));
        }
        return true;
    }

    private boolean begin(SnapshotBegin b) {
        snapshots++;
        passing = b.snapshot() <= snapshot;
        if (passing) {
            isOpen = false;
            problems.report(true, (b.snapshot() < 0
                    ? "a snapshot has the number " + b.snapshot()
                    : "snapshot " + b.snapshot() + " begins after snapshot " + snapshot) + "; it is passed over");
            return false;
        }
        gap = false;
        begin(b.snapshot());
        return true;
    }

    /** Counts datagrams of an open dump that were read otherwise than as records. */
    public void took(int dump, int datagrams) {
        open.took(dump, datagrams);
    }

    private void begin(int number) {
        snapshot = number;
        isOpen = true;
        foreign = NONE;
        open = new OpenSnapshot(dumpNumbers, gap, problems);
    }

    private boolean close(CaptureClose c) {
        if (closed) {
            problems.report(false, "the capture has a second close record; it is passed over");
            return false;
        }
        closed = true;
        passing = false;
        isOpen = false;
        if (!lost && c.snapshots() != snapshots) {
            problems.report(c.snapshots() > snapshots,
                    "the close record counts " + c.snapshots() + " snapshots, but " + snapshots + " began");
        }
        return true;
    }

    private boolean end(SnapshotEnd e) {
        boolean belongs = !passing && belongs(e);
        if (belongs) {
            open.check(e);
        }
        if (belongs || passing) {
            isOpen = false;
            passing = false;
            open = new OpenSnapshot(dumpNumbers, gap, problems);
        }
        return belongs;
    }

    private boolean part(SnapshotPart p) {
        return !passing && belongs(p) && open.takes(p);
    }

    /** Returns whether the record is of the open snapshot, or of a later one whose begin may be lost. */
    private boolean belongs(SnapshotPart p) {
        if (isOpen && p.snapshot() == snapshot) {
            return true;
        }
        if (gap && p.snapshot() > snapshot) {
            begin(p.snapshot());
            return true;
        }
        if (p.snapshot() != foreign || p instanceof SnapshotEnd) {
            foreign = p.snapshot();
            problems.report(true, "a record of snapshot " + p.snapshot() + " stands "
                    + (isOpen ? "in snapshot " + snapshot : "outside of its snapshot") + "; it is passed over");
        }
        return false;
    }

    private boolean note(RecorderNote n) {
        if (n.kind() == RecorderNote.Kind.LOST_BEFORE_RECOVERY) {
            gap = true;
            open.loss();
        }
        return !passing;
    }
}
