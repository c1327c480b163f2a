package dev.sockreel.capture;

import java.util.HashMap;
import java.util.Map;

/**
 * How far each capture of a file was read, by file id: captures may be joined, and one may stand in a file twice. A
 * group whose number was read before is a copy.
 */
final class JoinedCaptures {
    /** So that a hostile file cannot fill the memory. */
    static final int MAX_KNOWN = 1 << 16;

    private final Map<Long, Integer> nextGroups = new HashMap<>();

    /** False when there are too many to tell copies any longer. */
    boolean knows(long fileId) {
        return nextGroups.size() < MAX_KNOWN || nextGroups.containsKey(fileId);
    }

    boolean wasRead(long fileId, int group) {
        return group < nextGroups.getOrDefault(fileId, 0);
    }

    void read(long fileId, int group) {
        if (knows(fileId)) {
            nextGroups.merge(fileId, group + 1, Math::max);
        }
    }

    /** A reader begins at this group: those before it are not to be given later. */
    void beginAt(long fileId, int group) {
        nextGroups.clear();
        nextGroups.put(fileId, group);
    }
}
