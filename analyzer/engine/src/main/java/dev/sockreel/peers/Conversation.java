package dev.sockreel.peers;

import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A socket with its peer, listeners and connections in one snapshot.
 *
 * @param listeners of a connection: where it was accepted or waits to be, at this end or the other. With SO_REUSEPORT
 *                  several listen on one address, and it is not known which of them it was
 * @param waiting   of a listener: connections that nobody has accepted
 * @param accepted  of a listener: connections that have its name or address
 * @param senders   of a unix datagram socket: those that are connected to it
 * @param leftOut   number of connections and senders beyond {@link Peers#MAX_ROWS}
 */
public record Conversation(
        SocketRow socket,
        OtherEnd otherEnd,
        List<SocketRow> listeners,
        List<Connection> waiting,
        List<Connection> accepted,
        List<SocketRow> senders,
        int leftOut) {
    /**
     * A connection of a listener.
     *
     * @param own at the listener's end; null where the kernel lists none: a unix connection that waits
     */
    public record Connection(@Nullable SocketRow own, OtherEnd client) {}

    public Conversation {
        listeners = List.copyOf(listeners);
        waiting = List.copyOf(waiting);
        accepted = List.copyOf(accepted);
        senders = List.copyOf(senders);
    }
}
