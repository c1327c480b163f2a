package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/** One record of a capture file. Each type has a class of its own and an entry in {@link RecordTypes}. */
public sealed interface CaptureRecord
        permits CaptureHeader, HostEvidence, NetworkNamespace, SnapshotPart, Datagram, DumpEnd, RecorderNote,
        CaptureClose {

    /** The number of the type in the file. */
    int type();

    /** The upper bound of {@link #encode}'s output, bytes. */
    int maxBytes();

    /** Appends the body, little-endian. */
    void encode(ByteBuf out);
}
