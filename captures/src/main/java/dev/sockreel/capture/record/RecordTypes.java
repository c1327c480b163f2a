package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The list of record types. Readers skip numbers that are not in it. */
public final class RecordTypes {
    /** Decodes a body, which is exactly the buffer's readable bytes; returns null when the type is unknown. */
    public static @Nullable CaptureRecord decode(int type, ByteBuf body) throws BadRecordException {
        try {
            return switch (type) {
                case CaptureHeader.TYPE -> CaptureHeader.decode(body);
                case HostEvidence.TYPE -> HostEvidence.decode(body);
                case NetworkNamespace.TYPE -> NetworkNamespace.decode(body);
                case SnapshotBegin.TYPE -> SnapshotBegin.decode(body);
                case DumpBegin.TYPE -> DumpBegin.decode(body);
                case Datagram.TYPE -> Datagram.decode(body);
                case DumpEnd.TYPE -> DumpEnd.decode(body);
                case ProcText.TYPE -> ProcText.decode(body);
                case Owners.TYPE -> Owners.decode(body);
                case RecorderNote.TYPE -> RecorderNote.decode(body);
                case SnapshotEnd.TYPE -> SnapshotEnd.decode(body);
                case Processes.TYPE -> Processes.decode(body);
                case Threads.TYPE -> Threads.decode(body);
                case ClosedSockets.TYPE -> ClosedSockets.decode(body);
                case HostNamespaces.TYPE -> HostNamespaces.decode(body);
                case OwnSockets.TYPE -> OwnSockets.decode(body);
                case Delta.TYPE -> Delta.decode(body);
                case CaptureClose.TYPE -> CaptureClose.decode(body);
                default -> null;
            };
        } catch (IndexOutOfBoundsException e) {
            throw new BadRecordException("a record of type " + type + " is too short", e);
        }
    }

    private RecordTypes() {}
}
