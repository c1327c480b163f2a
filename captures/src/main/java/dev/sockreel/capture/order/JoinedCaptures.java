package dev.sockreel.capture.order;

import java.util.HashMap;
import java.util.Map;

/**
 * The reading progress of each capture of a file, by file id. Captures may be joined, and a file may hold the same
 * capture twice: a group whose number was read before is a copy.
 */
public final class JoinedCaptures {
    /** The number of captures tracked, so that a hostile file cannot exhaust the memory. */
    public static final int MAX_KNOWN = 1 << 16;

    private final Map<Long, Integer> nextGroups = new HashMap<>();

    /** Returns false when there are too many captures to recognize copies of this one. */
    public boolean knows(long fileId) {
        return nextGroups.size() < MAX_KNOWN || nextGroups.containsKey(fileId);
    }

    public boolean wasRead(long fileId, int group) {
        return group < nextGroups.getOrDefault(fileId, 0);
    }

    public void read(long fileId, int group) {
        if (knows(fileId)) {
            nextGroups.merge(fileId, group + 1, Math::max);
        }
    }

    /** Begins at this group: groups before it count as read. */
    public void beginAt(long fileId, int group) {
        nextGroups.clear();
        nextGroups.put(fileId, group);
    }
}
