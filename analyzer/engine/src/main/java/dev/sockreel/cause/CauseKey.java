package dev.sockreel.cause;

import dev.sockreel.finding.What;
import java.util.Set;

/**
 * The traits that the findings of one cause have in common.
 *
 * @param what   kind of cause; kinds that one process shows together have one
 * @param netns  inode of the namespace
 * @param who    process ids that must act; empty where they are not known, or nobody
 * @param place  the address or path, where it tells causes of one process apart, or none is known
 */
record CauseKey(What what, long netns, Set<Integer> who, String place) {
    CauseKey {
        who = Set.copyOf(who);
    }
}
