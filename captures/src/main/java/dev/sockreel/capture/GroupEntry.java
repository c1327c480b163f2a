package dev.sockreel.capture;

/**
 * One group, as the index or a scan of the headers shows it.
 *
 * @param offset        of its header, bytes from the file's begin
 * @param number        from 0
 * @param firstSnapshot the one that begins in it, else the one it goes on with; -1 before the first
 * @param realtimeNs    of the snapshot that begins in it, else of its first record that has a time
 * @param hasOwners     a whole scan of owners begins in it
 */
public record GroupEntry(long offset, int number, int firstSnapshot, long realtimeNs, boolean hasOwners) {}
