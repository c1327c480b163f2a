package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.capture.record.SnapshotPart;
import dev.sockreel.capture.record.Threads;

/** The current position in a recording, as far as its records were read: snapshot and time. */
final class ReadPlace {
    private int snapshot = CaptureWriter.NO_SNAPSHOT;
    private boolean open;
    private long timeNs = ReceiveTime.UNKNOWN;
    private long createdNs = ReceiveTime.UNKNOWN;
    private boolean live;

    void read(CaptureRecord record) {
        switch (record) {
            case CaptureHeader h -> createdNs = h.created().realtimeNs();
            case HostEvidence h when h.get(HostEvidence.IMPORT_FORMAT) == null -> {
                live = true;
                timeNs = timeNs == ReceiveTime.UNKNOWN ? createdNs : timeNs;
            }
            case SnapshotBegin b -> {
                snapshot = b.snapshot();
                open = true;
            }
            case SnapshotEnd e -> open = false;
            default -> {}
        }
        long at = timeNs(record);
        timeNs = at == ReceiveTime.UNKNOWN ? timeNs : at;
    }

    /** The snapshot that began last, -1 before the first. */
    int snapshot() {
        return snapshot;
    }

    /** Returns true while the snapshot has not ended. */
    boolean isOpen() {
        return open;
    }

    /** The time of the last record that has one, CLOCK_REALTIME, ns, or {@link ReceiveTime#UNKNOWN}. */
    long timeNs() {
        return timeNs;
    }

    /**
     * Returns when this record was captured on the host, CLOCK_REALTIME, ns. Header and close of an import carry the
     * time of the import instead, so theirs is unknown.
     */
    long timeNs(CaptureRecord record) {
        return switch (record) {
            case SnapshotBegin r -> r.time().realtimeNs();
            case DumpBegin r -> r.time().realtimeNs();
            case Datagram r -> r.time().realtimeNs();
            case DumpEnd r -> r.time().realtimeNs();
            case ProcText r -> r.time().realtimeNs();
            case Owners r -> r.ended().realtimeNs();
            case Processes r -> r.time().realtimeNs();
            case Threads r -> r.time().realtimeNs();
            case ClosedSockets r -> r.time().realtimeNs();
            case HostNamespaces r -> r.time().realtimeNs();
            case RecorderNote r -> r.time().realtimeNs();
            case SnapshotEnd r -> r.time().realtimeNs();
            case CaptureClose r when live -> r.time().realtimeNs();
            case CaptureHeader r -> ReceiveTime.UNKNOWN;
            case HostEvidence r -> ReceiveTime.UNKNOWN;
            case NetworkNamespace r -> ReceiveTime.UNKNOWN;
            case OwnSockets r -> ReceiveTime.UNKNOWN;
            case Delta r -> ReceiveTime.UNKNOWN;
            case CaptureClose r -> ReceiveTime.UNKNOWN;
        };
    }

    /** Returns the snapshot a record belongs to; -1 when it may stand outside all snapshots. */
    static int snapshotOf(RawRecord raw) {
        return switch (raw.record()) {
            case SnapshotPart r -> r.snapshot();
            case NetworkNamespace r -> raw.group().firstSnapshot();
            case Datagram r -> raw.group().firstSnapshot();
            case DumpEnd r -> raw.group().firstSnapshot();
            case null, default -> CaptureWriter.NO_SNAPSHOT;
        };
    }
}
