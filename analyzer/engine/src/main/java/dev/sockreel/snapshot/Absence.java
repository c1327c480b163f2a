package dev.sockreel.snapshot;

/**
 * What it means that a snapshot does not list a socket that an earlier one listed. Gone is gone from the kernel's
 * tables, not closed and not read: after a reset its descriptor stays open and its data readable.
 */
public enum Absence {
    /** A complete dump of its family and state, or a whole text of /proc/net, does not list it. */
    GONE,
    /**
     * A dump that arrived whole, but contradicts itself, does not list it: one such dump loses living sockets, two in
     * a row hardly the same one.
     */
    DOUBTFUL,
    /** Nothing in the snapshot would show it. */
    NOT_OBSERVED;

    /** Dumps in a row, each {@link #DOUBTFUL}, from which on a socket is called gone. */
    public static final int DOUBTFUL_IN_A_ROW = 2;

    /** @param row as an earlier snapshot listed it; it must not be in this one */
    public static Absence of(Snapshot snapshot, SocketRow row) {
        return SnapshotCookies.of(snapshot).absence(row);
    }
}
