package dev.sockreel.peers;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.peers.Conversation.Connection;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * tcp, udp and others with an address at each end: the other end has the same two addresses the other way round. An
 * IPv4-mapped address is the IPv4 address. {@link AddressSearch} hands it the rows that may concern it: all in a first
 * walk over the snapshot, then all in a second.
 */
final class AddressPeers {
    private final SocketRow own;
    private final @Nullable Ends ownEnds;
    private final List<SocketRow> listeners = new ArrayList<>();
    private final Bounded accepted = new Bounded();
    private final Bounded pending = new Bounded();
    private final Bounded senders = new Bounded();
    /** Ends to look for, as the other side has them. */
    private final Set<Ends> wanted = new HashSet<>();
    private final Map<Ends, SocketRow> found = new HashMap<>();
    /** A socket that is connected to none, but bound where this one sends to. */
    private @Nullable SocketRow receiver;
    /** The other end, once the first walk is done. */
    private @Nullable SocketRow other;

    AddressPeers(SocketRow own) {
        this.own = own;
        this.ownEnds = Ends.of(own.socket());
        if (ownEnds != null) {
            wanted.add(ownEnds.otherWay());
        }
    }

    boolean isConnected() {
        return ownEnds != null;
    }

    /** Returns the ends that {@link #look} is to be called for in this walk. */
    Collection<Ends> wanted() {
        return wanted;
    }

    /** Prepares for the second walk, which looks for the other ends of what the first has found. */
    void nextWalk() {
        other = ownEnds == null ? null : found.get(ownEnds.otherWay());
        wanted.clear();
        want(accepted);
        want(pending);
    }

    Conversation result() {
        return new Conversation(
                own, otherEnd(own), mostSpecific(), connections(pending), connections(accepted), senders.rows(),
                accepted.leftOut() + pending.leftOut() + senders.leftOut());
    }

    private void want(Bounded rows) {
        for (SocketRow row : rows.rows()) {
            Ends ends = Ends.of(row.socket());
            if (ends != null) {
                wanted.add(ends.otherWay());
            }
        }
    }

    /** Takes a row of the first walk that may be a connection of this listener. */
    void connection(SocketRow row) {
        if (accepts(own, row)) {
            (isUnaccepted(row.socket()) ? pending : accepted).add(row);
        }
    }

    /** Takes a row of the first walk that may send to this socket, which is connected to none. */
    void sender(SocketRow row) {
        if (isOfKind(row) && sendsTo(row, own)) {
            senders.add(row);
        }
    }

    /** Takes a row of the first walk that may be bound where this one sends to. */
    void receiver(SocketRow row) {
        if (receiver == null && isOfKind(row) && Ends.of(row.socket()) == null && !row.socket().isListener()
                && sendsTo(own, row)) {
            receiver = row.hold();
        }
    }

    /** Takes a listener of the second walk. */
    void listener(SocketRow row) {
        if (isListenerOf(row)) {
            listeners.add(row.hold());
        }
    }

    private boolean isOfKind(SocketRow row) {
        return row.socket().netid().equals(own.socket().netid()) && row.netns() == own.netns();
    }

    private static boolean sendsTo(SocketRow sender, SocketRow bound) {
        Ends ends = Ends.of(sender.socket());
        SocketAddress local = bound.socket().local();
        return ends != null && local != null && local.hasPort() && local.accepts(ends.peer());
    }

    /** Returns whether a listener would have got this connection, by the address of the connection's own end. */
    private static boolean accepts(SocketRow listener, SocketRow row) {
        Socket l = listener.socket();
        Socket s = row.socket();
        if (!l.isListener() || s.isListener() || !l.netid().equals(s.netid()) || listener.netns() != row.netns()) {
            return false;
        }
        SocketAddress listening = l.local();
        SocketAddress connected = s.local();
        return listening != null && connected != null && listening.accepts(connected);
    }

    private static boolean isUnaccepted(Socket s) {
        return s.inode() == 0 && s.stateNumber() == TcpState.ESTABLISHED;
    }

    /** Keeps a wanted row. A loopback address belongs to one namespace; otherwise the same namespace is preferred. */
    void look(SocketRow row) {
        Ends ends = wanted.isEmpty() ? null : Ends.of(row.socket());
        if (ends == null || !wanted.contains(ends)) {
            return;
        }
        SocketRow before = found.get(ends);
        boolean same = row.netns() == own.netns();
        if ((same && (before == null || before.netns() != own.netns()))
                || (before == null && !ends.local().isLoopback())) {
            found.put(ends, row.hold());
        }
    }

    /**
     * Returns whether it listens at this end, at the other, or where this one sends to when the other is not listed.
     */
    private boolean isListenerOf(SocketRow listener) {
        Socket l = listener.socket();
        if (ownEnds == null || !l.isListener() || !l.netid().equals(own.socket().netid())) {
            return false;
        }
        boolean atPeer = other != null
                ? accepts(listener, other)
                : listener.netns() == own.netns() && l.local() instanceof SocketAddress at
                        && at.accepts(ownEnds.peer());
        return atPeer || accepts(listener, own);
    }

    /** Returns the listeners on the very address if there are any, which the kernel prefers to those on a wildcard. */
    private List<SocketRow> mostSpecific() {
        List<SocketRow> exact = listeners.stream()
                .filter(l -> !(l.socket().local() instanceof SocketAddress at && at.isAny()))
                .toList();
        return exact.isEmpty() ? listeners : exact;
    }

    private OtherEnd otherEnd(SocketRow row) {
        Ends ends = Ends.of(row.socket());
        if (ends == null) {
            return OtherEnd.without(OtherEnd.Kind.NONE,
                    row.socket().isListener() ? "it listens" : "it is connected to no address");
        }
        SocketRow far = found.get(ends.otherWay());
        if (far != null) {
            return new OtherEnd(OtherEnd.Kind.LISTED, far, note(row, far));
        }
        return receiver != null && row == own
                ? new OtherEnd(OtherEnd.Kind.LISTED, receiver, "it is bound there and receives from any sender")
                : OtherEnd.without(OtherEnd.Kind.NOT_LISTED, "the snapshot does not list it (" + ends.peer()
                        + "): it is on another host, in a namespace that was not recorded, or closed");
    }

    private static String note(SocketRow row, SocketRow other) {
        String where = row.netns() == other.netns() ? "" : "in another network namespace";
        String queue = isUnaccepted(other.socket()) ? "nobody has accepted it" : "";
        return where.isEmpty() || queue.isEmpty() ? where + queue : where + ", " + queue;
    }

    private List<Connection> connections(Bounded rows) {
        return rows.rows().stream().map(row -> new Connection(row, otherEnd(row))).toList();
    }
}
