package dev.sockreel.capture;

/**
 * One snapshot, as a {@link GroupList} lists it, and which of its records later snapshots need.
 *
 * @param begin         the group in which it begins
 * @param hasOwners     whether a whole scan of owners begins in it
 * @param hasFacts      whether facts about processes stand in it
 * @param hasNamespaces whether a list of the host's namespaces stands in it
 */
public record SnapshotEntry(GroupEntry begin, boolean hasOwners, boolean hasFacts, boolean hasNamespaces) {
    /** Returns the entry of a snapshot that has another group. */
    SnapshotEntry with(GroupEntry more) {
        return new SnapshotEntry(begin, hasOwners || more.hasOwners(), hasFacts || more.hasFacts(),
                hasNamespaces || more.hasNamespaces());
    }

    /** Returns the number of the snapshot. */
    public int number() {
        return begin.firstSnapshot();
    }

    /** Returns when it began, as its group states it; CLOCK_REALTIME, ns. */
    public long beginNs() {
        return begin.realtimeNs();
    }
}
