package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/** One record of a capture file. Each type stands in its own file, and in the list {@link RecordTypes}. */
public sealed interface CaptureRecord
        permits CaptureHeader, HostEvidence, NetworkNamespace, SnapshotPart, Datagram, DumpEnd, RecorderNote,
        CaptureClose {

    /** The number in the file. */
    int type();

    /** Upper bound of {@link #encode}'s output, bytes. */
    int maxBytes();

    /** Appends the body, little-endian. */
    void encode(ByteBuf out);
}
