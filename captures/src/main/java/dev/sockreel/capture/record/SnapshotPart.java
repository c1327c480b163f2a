package dev.sockreel.capture.record;

/** A record that names the snapshot it is a part of, and stands in no other. */
public sealed interface SnapshotPart extends CaptureRecord
        permits SnapshotBegin, DumpBegin, ProcText, Owners, SnapshotEnd {
    /** From 0 in the whole recording. */
    int snapshot();
}
