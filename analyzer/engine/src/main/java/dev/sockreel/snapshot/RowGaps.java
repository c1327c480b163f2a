package dev.sockreel.snapshot;

import dev.sockreel.sockdiag.Unknown;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reasons why a row lacks values that come from outside its socket; null where nothing is missing.
 *
 * @param peer for the unix peer's name, which is in the peer's own row
 */
public record RowGaps(@Nullable Unknown owners, @Nullable Unknown peerOwners, @Nullable Unknown peer) {
    /** Returns these reasons together with those of the socket itself. */
    Map<String, Unknown> and(Map<String, Unknown> ofSocket) {
        if (owners == null && peer == null && peerOwners == null && !ofSocket.containsKey("peerInode")) {
            return ofSocket;
        }
        Map<String, Unknown> all = new LinkedHashMap<>(ofSocket);
        put(all, "owners", owners);
        put(all, "comm", owners);
        put(all, "peer", peer);
        // owners of an unknown peer are unknown for the same reason
        put(all, "peerOwners", peerOwners != null ? peerOwners : ofSocket.get("peerInode"));
        return all;
    }

    private static void put(Map<String, Unknown> all, String field, @Nullable Unknown why) {
        if (why != null) {
            all.putIfAbsent(field, why);
        }
    }
}
