package dev.sockreel.detector;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tcp listeners of the current snapshot by namespace and local address, and the connections in their queues:
 * established connections without an inode, since no process has accepted them.
 */
final class Listeners {
    private record Place(long netns, InetEndpoint address) {}

    /**
     * The connections of one listener that nobody has accepted.
     *
     * @param unreadBytes in all of them together
     */
    record Pending(int connections, long unreadBytes) {
        private static final Pending NONE = new Pending(0, 0);

        private Pending and(long bytes) {
            return new Pending(connections + 1, unreadBytes + bytes);
        }
    }

    private final Map<Place, SocketRow> rows = new HashMap<>();
    private final Map<Place, Pending> pendingByLocal = new HashMap<>();

    /** Clears the listeners of the previous snapshot. */
    void beginSnapshot() {
        rows.clear();
        pendingByLocal.clear();
    }

    void see(SocketRow row) {
        Socket s = row.socket();
        if (s.protocol() != InetProtocol.IPPROTO_TCP) {
            return;
        }
        boolean listens = s.stateNumber() == TcpState.LISTEN;
        if ((listens || isUnaccepted(s)) && s.local() instanceof InetEndpoint local) {
            Place place = new Place(row.netns(), local);
            if (listens) {
                rows.putIfAbsent(place, row.hold());
            } else {
                pendingByLocal.merge(
                        place, Pending.NONE.and(s.unread().orElse(0)),
                        (a, b) -> new Pending(a.connections() + b.connections(), a.unreadBytes() + b.unreadBytes()));
            }
        }
    }

    /**
     * Returns whether the connection is past its handshake and has no inode. Orphans have none either, but they are
     * never in ESTABLISHED or CLOSE-WAIT.
     */
    static boolean isUnaccepted(Socket s) {
        boolean open = s.stateNumber() == TcpState.ESTABLISHED || s.stateNumber() == TcpState.CLOSE_WAIT;
        return open && s.inode() == 0 && s.protocol() == InetProtocol.IPPROTO_TCP && s.cookie() != Socket.NO_COOKIE;
    }

    /**
     * Returns the listener that a connection came from: the one on its very address, or else one on any address with
     * its port. Null when the snapshot has none.
     */
    @Nullable
    SocketRow of(SocketRow connection) {
        if (!(connection.socket().local() instanceof InetEndpoint local)) {
            return null;
        }
        SocketRow found = rows.get(new Place(connection.netns(), local));
        Iterator<InetEndpoint> wildcards = local.wildcards().iterator();
        while (found == null && wildcards.hasNext()) {
            found = rows.get(new Place(connection.netns(), wildcards.next()));
        }
        return found;
    }

    /**
     * Returns the connections that wait in a listener's queue in the current snapshot, as far as its local address
     * shows them.
     */
    Pending pending(SocketRow listener) {
        if (!(listener.socket().local() instanceof InetEndpoint local)) {
            return Pending.NONE;
        }
        if (!local.isAny()) {
            return pendingByLocal.getOrDefault(new Place(listener.netns(), local), Pending.NONE);
        }
        int connections = 0;
        long bytes = 0;
        for (Map.Entry<Place, Pending> e : pendingByLocal.entrySet()) {
            if (e.getKey().netns() == listener.netns() && e.getKey().address().port() == local.port()) {
                connections += e.getValue().connections();
                bytes += e.getValue().unreadBytes();
            }
        }
        return new Pending(connections, bytes);
    }
}
