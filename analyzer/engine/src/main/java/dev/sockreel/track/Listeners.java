package dev.sockreel.track;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tcp listeners of a run, each by its identity: with SO_REUSEPORT several listen on one address, each with a queue
 * of its own. A connection that waits in a queue names no listener, but a queue that a snapshot shows empty does not
 * hold it.
 */
public final class Listeners {
    private record Place(long netns, InetEndpoint address) {}

    /** One listener over the run. */
    private static final class Listener {
        private final long firstTurn;
        /** Ordinals of the snapshots that show its queue empty. */
        private final BitSet emptyTurns = new BitSet();
        private SocketRow row;
        private long lastTurn;

        Listener(SocketRow row, long turn) {
            this.row = row;
            this.firstTurn = turn;
        }

        void see(SocketRow now, long turn) {
            row = now;
            lastTurn = turn;
            if (now.socket().recvQ() instanceof Queue.PendingConnections q && q.connections() == 0) {
                emptyTurns.set((int) turn);
            }
        }

        /** Returns whether its queue may have held a connection throughout these snapshots. */
        boolean mayHold(Window window) {
            int empty = emptyTurns.nextSetBit((int) window.first().turn());
            return empty < 0 || empty > window.last().turn();
        }
    }

    /**
     * The listener of a connection.
     *
     * @param rows the one, or all that may be: the others of the address had an empty queue while it waited; empty:
     *             none is in the capture
     */
    public record Choice(List<SocketRow> rows) {
        private static final Choice NONE = new Choice(List.of());

        public Choice {
            rows = List.copyOf(rows);
        }

        /** Returns the one listener, null where there is none or it may be one of several. */
        public @Nullable SocketRow only() {
            return rows.size() == 1 ? rows.getFirst() : null;
        }
    }

    private final Map<Place, Map<SocketIdentity, Listener>> places = new LinkedHashMap<>();

    /**
     * Adds a row of the snapshot with this ordinal; rows that do not listen are ignored.
     *
     * @return whether it listens
     */
    public boolean see(SocketRow row, long turn) {
        Socket s = row.socket();
        if (s.protocol() != InetProtocol.IPPROTO_TCP || s.stateNumber() != TcpState.LISTEN) {
            return false;
        }
        SocketIdentity identity = row.identity();
        if (identity != null && s.local() instanceof InetEndpoint local) {
            SocketRow held = row.hold();
            places.computeIfAbsent(new Place(row.netns(), local), p -> new LinkedHashMap<>())
                    .computeIfAbsent(identity, i -> new Listener(held, turn))
                    .see(held, turn);
        }
        return true;
    }

    /**
     * Returns whether the connection is past its handshake and has no inode. Orphans have none either, but they are
     * never in ESTABLISHED or CLOSE-WAIT.
     */
    public static boolean isUnaccepted(Socket s) {
        boolean open = s.stateNumber() == TcpState.ESTABLISHED || s.stateNumber() == TcpState.CLOSE_WAIT;
        return open && s.inode() == 0 && s.protocol() == InetProtocol.IPPROTO_TCP && s.cookie() != Socket.NO_COOKIE;
    }

    /**
     * Returns the listener in whose queue a connection waits: one on its very address, or else one on any address with
     * its port.
     *
     * @param window the snapshots in which it waited
     */
    public Choice of(SocketRow connection, Window window) {
        return connection.socket().local() instanceof InetEndpoint local
                ? at(connection.netns(), local, window) : Choice.NONE;
    }

    /** Returns the listener that a connection to this address would come to. */
    public Choice at(long netns, InetEndpoint address, Window window) {
        List<Listener> all = listening(netns, address, window);
        List<Listener> able = all.stream().filter(l -> l.mayHold(window)).toList();
        if (able.isEmpty()) {
            able = all;
        }
        return new Choice(able.stream().map(l -> l.row).toList());
    }

    private List<Listener> listening(long netns, InetEndpoint address, Window window) {
        List<InetEndpoint> candidates = new ArrayList<>();
        candidates.add(address);
        candidates.addAll(address.wildcards());
        for (InetEndpoint candidate : candidates) {
            List<Listener> there = places.getOrDefault(new Place(netns, candidate), Map.of()).values().stream()
                    .filter(l -> l.lastTurn >= window.first().turn() && l.firstTurn <= window.last().turn())
                    .toList();
            if (!there.isEmpty()) {
                return there;
            }
        }
        return List.of();
    }
}
