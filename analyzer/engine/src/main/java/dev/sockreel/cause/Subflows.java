package dev.sockreel.cause;

import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.peers.Ends;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the findings about tcp subflows with those about their mptcp connection, whose first subflow has the same two
 * addresses: what a subflow's sender waits for is the mptcp socket at the other end, or beside it.
 */
final class Subflows {
    private record Place(long netns, String local, String peer) {
        static @Nullable Place of(SocketRow row) {
            Ends ends = Ends.of(row.socket());
            return ends == null ? null : new Place(row.netns(), ends.local().toString(), ends.peer().toString());
        }

        Place otherWay() {
            return new Place(netns, peer, local);
        }
    }

    /** Returns the findings, those of subflows with that of their connection as root. */
    static List<Found> joined(List<Found> all) {
        Map<Place, Found> connections = new HashMap<>();
        for (Found f : all) {
            Place place = isMptcp(f) && f.finding().id().startsWith("unread-") ? Place.of(f.finding().socket()) : null;
            if (place != null) {
                connections.put(place, f);
            }
        }
        return connections.isEmpty() ? all : all.stream().map(f -> joined(f, connections)).toList();
    }

    private static boolean isMptcp(Found f) {
        return f.finding().socket().socket().protocol() == InetProtocol.IPPROTO_MPTCP;
    }

    private static Found joined(Found f, Map<Place, Found> connections) {
        Place place = f.root() != null || isMptcp(f) ? null : Place.of(f.finding().socket());
        if (place == null) {
            return f;
        }
        Found own = connections.get(place);
        Found root = own != null ? own : connections.get(place.otherWay());
        return root == null ? f : f.withRoot(root);
    }

    private Subflows() {}
}
