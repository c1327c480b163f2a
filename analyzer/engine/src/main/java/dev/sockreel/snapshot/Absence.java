package dev.sockreel.snapshot;

/**
 * The meaning of a socket's absence from a snapshot, when an earlier one listed it. A socket that is gone has left the
 * kernel's tables; it need not be closed or read: after a reset its descriptor stays open and its data readable.
 */
public enum Absence {
    /** A complete dump of its family and state, or a complete text of /proc/net, does not list it. */
    GONE,
    /**
     * A dump that arrived whole but contradicts itself does not list it. One such dump loses living sockets; two in a
     * row hardly lose the same one.
     */
    DOUBTFUL,
    /** The snapshot has nothing that would show it. */
    NOT_OBSERVED;

    /** The number of consecutive {@link #DOUBTFUL} dumps after which a socket counts as gone. */
    public static final int DOUBTFUL_IN_A_ROW = 2;
}
