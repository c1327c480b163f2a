package dev.sockreel.capture.record;

/** A record that carries the number of its snapshot, and stands in no other. */
public sealed interface SnapshotPart extends CaptureRecord
        permits SnapshotBegin, DumpBegin, ProcText, Owners, Processes, Threads, ClosedSockets, HostNamespaces,
        OwnSockets, Delta, SnapshotEnd {
    /** The number of the snapshot in the whole recording, from 0. */
    int snapshot();
}
