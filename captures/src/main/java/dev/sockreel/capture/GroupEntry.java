package dev.sockreel.capture;

/**
 * One group, as the index or a scan of the headers lists it.
 *
 * @param offset        offset of its header, bytes from the file's begin
 * @param fileId        id of the file that its capture was recorded into
 * @param number        number of the group in its capture, from 0
 * @param firstSnapshot the snapshot that begins in it, else the one it continues; -1 before the first
 * @param realtimeNs    time of the snapshot that begins in it, else of its first record with a time; CLOCK_REALTIME, ns
 * @param flags         what the header says of its content; unknown ones are left out
 */
public record GroupEntry(
        long offset, long fileId, int number, int firstSnapshot, long realtimeNs, int flags) {
    static GroupEntry of(long offset, GroupHeader h) {
        return new GroupEntry(offset, h.fileId(), h.number(), h.firstSnapshot(), h.realtimeNs(),
                h.flags() & GroupHeader.LISTED_FLAGS);
    }

    /** Returns whether a whole scan of owners begins in it. */
    public boolean hasOwners() {
        return (flags & GroupHeader.OWNERS) != 0;
    }

    /** Returns whether facts about processes stand in it. */
    public boolean hasFacts() {
        return (flags & GroupHeader.FACTS) != 0;
    }

    /** Returns whether a list of the host's namespaces stands in it. */
    public boolean hasNamespaces() {
        return (flags & GroupHeader.NAMESPACES) != 0;
    }

    /** Returns whether a snapshot begins in it from which later ones are predicted. */
    boolean isKey() {
        return (flags & GroupHeader.KEY) != 0;
    }

    /** Returns whether a snapshot begins in it that is predicted from the last key, not from the snapshot before. */
    boolean isMiddleKey() {
        return (flags & GroupHeader.MIDDLE_KEY) != 0;
    }
}
