package dev.sockreel.detector;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tcp listeners of the current snapshot by namespace and local address, and the connections in their queues:
 * established connections without an inode, since no process has accepted them.
 */
final class Listeners {
    private record Place(long netns, String address) {}

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
        if (s.stateNumber() == TcpState.LISTEN) {
            rows.putIfAbsent(place(row, String.valueOf(s.local())), row.hold());
        } else if (isUnaccepted(s)) {
            pendingByLocal.merge(
                    place(row, String.valueOf(s.local())), Pending.NONE.and(s.unread().orElse(0)),
                    (a, b) -> new Pending(a.connections() + b.connections(), a.unreadBytes() + b.unreadBytes()));
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

    private static Place place(SocketRow row, String address) {
        return new Place(row.netns(), address);
    }

    /**
     * Returns the listener that accepts a connection's local address: one on that address, or on any address with its
     * port.
     */
    @Nullable
    SocketRow of(SocketRow connection) {
        String local = String.valueOf(connection.socket().local());
        String port = local.substring(local.lastIndexOf(':') + 1);
        String[] candidates = connection.socket().family() == Family.AF_INET
                ? new String[] {local, "0.0.0.0:" + port, "*:" + port}
                : new String[] {local, "[::]:" + port, "*:" + port, "0.0.0.0:" + port};
        for (String candidate : candidates) {
            SocketRow row = rows.get(place(connection, candidate));
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    /**
     * Returns the connections that wait in a listener's queue in the current snapshot, as far as its local address
     * shows them.
     */
    Pending pending(SocketRow listener) {
        String local = String.valueOf(listener.socket().local());
        boolean any = local.startsWith("0.0.0.0:") || local.startsWith("*:") || local.startsWith("[::]:");
        if (!any) {
            return pendingByLocal.getOrDefault(place(listener, local), Pending.NONE);
        }
        String port = local.substring(local.lastIndexOf(':'));
        int connections = 0;
        long bytes = 0;
        for (Map.Entry<Place, Pending> e : pendingByLocal.entrySet()) {
            if (e.getKey().netns() == listener.netns() && e.getKey().address().endsWith(port)) {
                connections += e.getValue().connections();
                bytes += e.getValue().unreadBytes();
            }
        }
        return new Pending(connections, bytes);
    }
}
