package dev.sockreel.capture;

/**
 * One group, as the index or a scan of the headers shows it.
 *
 * @param offset        of its header, bytes from the file's begin
 * @param number        from 0
 * @param firstSnapshot that its first record belongs to
 * @param realtimeNs    of its first record
 * @param hasOwners     a whole scan of owners begins in it
 */
public record GroupEntry(long offset, int number, int firstSnapshot, long realtimeNs, boolean hasOwners) {}
