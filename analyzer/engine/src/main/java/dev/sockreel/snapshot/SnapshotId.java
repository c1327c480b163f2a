package dev.sockreel.snapshot;

/**
 * Identity of a snapshot in all copies of its capture.
 *
 * @param fileId id of the file that it was recorded into
 * @param number from 0 in the recording; -1 if the capture does not show it
 */
public record SnapshotId(long fileId, int number) {}
