package dev.sockreel.snapshot;

import dev.sockreel.sockdiag.Unknown;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a row lacks what its socket alone cannot know; null where it lacks nothing.
 *
 * @param peer the unix peer's name, which stands in the peer's own row
 */
public record RowGaps(@Nullable Unknown owners, @Nullable Unknown peerOwners, @Nullable Unknown peer) {
    /** Added to what the socket itself does not know. */
    Map<String, Unknown> and(Map<String, Unknown> ofSocket) {
        Map<String, Unknown> all = new LinkedHashMap<>(ofSocket);
        put(all, "owners", owners);
        put(all, "peer", peer);
        // of a peer that is not known nothing is
        put(all, "peerOwners", peerOwners != null ? peerOwners : ofSocket.get("peerInode"));
        return all;
    }

    private static void put(Map<String, Unknown> all, String field, @Nullable Unknown why) {
        if (why != null) {
            all.putIfAbsent(field, why);
        }
    }
}
