package dev.sockreel.peers;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The listeners of a snapshot, by their address and by the unix clients that wait for them. */
final class PairListeners {
    private record Place(long netns, String netid, SocketAddress address) {}

    /**
     * A listener.
     *
     * @param name its address as text; null for none
     */
    record Listener(Party party, @Nullable String name) {}

    private final Map<Place, Listener> byAddress = new HashMap<>();
    private final Map<Long, Listener> byClient = new HashMap<>();

    private boolean queuesKnown;

    void add(SocketRow row) {
        Socket s = row.socket();
        SocketAddress local = s.local();
        if (!s.isListener()) {
            return;
        }
        Listener listener = new Listener(Party.of(row.owners()), local == null ? null : local.toString());
        if (local != null) {
            byAddress.putIfAbsent(new Place(row.netns(), s.netid(), local.unmapped()), listener);
        }
        Set<Long> clients = row.pendingClients();
        if (clients != null) {
            queuesKnown = true;
            clients.forEach(inode -> byClient.putIfAbsent(inode, listener));
        }
    }

    /** Returns the listener that gets connections to this address; null for none. */
    @Nullable
    Listener at(long netns, String netid, SocketAddress address) {
        SocketAddress plain = address.unmapped();
        Listener exact = byAddress.get(new Place(netns, netid, plain));
        if (exact != null || !(plain instanceof InetEndpoint inet)) {
            return exact;
        }
        for (InetEndpoint any : inet.wildcards()) {
            Listener wide = byAddress.get(new Place(netns, netid, any));
            if (wide != null) {
                return wide;
            }
        }
        return null;
    }

    /** Returns whether the snapshot lists who waits in the queues of unix listeners. */
    boolean areQueuesKnown() {
        return queuesKnown;
    }

    /** Returns the unix listener in whose queue a client waits; null where no dump tells. */
    @Nullable
    Listener awaitedBy(long clientInode) {
        return byClient.get(clientInode);
    }
}
