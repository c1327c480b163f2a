package dev.sockreel.peers;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.dump.Dump;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.peers.Conversation.Connection;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * unix: the kernel names the peer's inode, and a listener the inodes of the clients in its queue. {@link UnixSearch}
 * hands it the rows that may concern it.
 */
final class UnixPeers {
    private static final String DATAGRAM = "u_dgr";

    private final Snapshot snapshot;
    private final SocketRow own;
    private final Socket socket;
    private final Set<Long> pendingClients;
    /** Inodes that are looked for: first those of the peer and of the clients that wait, then those of their peers. */
    private final Set<Long> wanted;
    private final Bounded accepted = new Bounded();
    private final Bounded senders = new Bounded();
    /** The listeners in whose queue this socket waits. */
    private final List<SocketRow> queued = new ArrayList<>();
    /** The sockets whose inode the own row names, and then those that these name. */
    private final Map<Long, SocketRow> byInode = new HashMap<>();
    private boolean queuesKnown;
    private final List<SocketRow> listeners = new ArrayList<>();
    /** The other end, once the first walk is done. */
    private @Nullable SocketRow other;
    private boolean inSecondWalk;

    UnixPeers(Snapshot snapshot, SocketRow own) {
        this.snapshot = snapshot;
        this.own = own;
        this.socket = own.socket();
        Set<Long> pending = socket.isListener() ? own.pendingClients() : null;
        this.pendingClients = pending == null ? Set.of() : pending;
        this.wanted = new HashSet<>(pendingClients);
        this.wanted.add(socket.peerInode());
    }

    /** Returns the inodes that {@link #keep} is to be called for in this walk. */
    Set<Long> wanted() {
        return wanted;
    }

    /** Prepares for the second walk, which looks for the peers of the connections that the first has found. */
    void nextWalk() {
        inSecondWalk = true;
        wanted.clear();
        accepted.rows().forEach(r -> wanted.add(r.socket().peerInode()));
        other = byInode.get(socket.peerInode());
        listeners.addAll(queued);
    }

    /** Returns the names of listeners that {@link #listener} is to be called for in the second walk. */
    Set<SocketAddress> listenerNames() {
        Set<SocketAddress> names = new HashSet<>();
        for (SocketRow end : Arrays.asList(own, other)) {
            SocketAddress name = end == null || socket.isListener() ? null : end.socket().local();
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    Conversation result() {
        return new Conversation(
                own, otherEnd(own), listeners, waiting(), connections(), senders.rows(),
                accepted.leftOut() + senders.leftOut());
    }

    /**
     * Takes a listener of the first walk.
     *
     * @param clients inodes of those that wait in its queue; null: not recorded
     */
    void queue(SocketRow listener, @Nullable Set<Long> clients) {
        if (clients == null || (queuesKnown && !clients.contains(socket.inode())) || isOwn(listener)) {
            return;
        }
        queuesKnown = true;
        if (clients.contains(socket.inode())) {
            queued.add(listener.hold());
        }
    }

    /** Takes a row of the first walk that may be a connection of this listener. */
    void connection(SocketRow row) {
        if (accepted(own, row)) {
            accepted.add(row);
        }
    }

    /** Takes a row of the first walk that is connected to this socket. */
    void sender(SocketRow row) {
        if (socket.netid().equals(DATAGRAM) && socket.inode() > 0 && !isOwn(row)) {
            senders.add(row);
        }
    }

    /** Takes a listener of the second walk. */
    void listener(SocketRow row) {
        SocketRow end = other;
        if (!socket.isListener() && (accepted(row, own) || (end != null && accepted(row, end)))) {
            listeners.add(row.hold());
        }
    }

    private boolean isOwn(SocketRow row) {
        return own.identity() != null && own.identity().equals(row.identity());
    }

    /** Takes a row whose inode is wanted. */
    void keep(SocketRow row) {
        long inode = row.socket().inode();
        if (inode > 0 && !byInode.containsKey(inode) && (inSecondWalk || !isOwn(row))) {
            byInode.put(inode, row.hold());
        }
    }

    /**
     * Returns whether a socket has its listener's name and file. The name alone is not enough if the file was made
     * anew.
     */
    private static boolean accepted(SocketRow listener, SocketRow row) {
        Socket l = listener.socket();
        Socket s = row.socket();
        return l.isListener()
                && !s.isListener()
                && l.netid().equals(s.netid())
                && listener.netns() == row.netns()
                && l.fileInode() == s.fileInode()
                && l.fileDevice() == s.fileDevice()
                && l.local() instanceof SocketAddress name
                && name.equals(s.local());
    }

    private OtherEnd otherEnd(SocketRow row) {
        Socket s = row.socket();
        if (s.isListener()) {
            return OtherEnd.without(OtherEnd.Kind.NONE, "it listens");
        }
        long inode = s.peerInode();
        SocketRow peer = byInode.get(inode);
        if (peer != null) {
            return OtherEnd.listed(peer);
        }
        if (inode > 0) {
            return OtherEnd.without(OtherEnd.Kind.NOT_LISTED, notListed(inode));
        }
        if (inode == 0) {
            return withoutInode(s);
        }
        Unknown why = s.unknown().get("peerInode");
        return why == null
                ? OtherEnd.without(OtherEnd.Kind.NONE, "it is connected to nothing")
                : OtherEnd.without(OtherEnd.Kind.UNKNOWN, "the peer is not in the capture: " + why.id());
    }

    private OtherEnd withoutInode(Socket s) {
        if (s.netid().equals(DATAGRAM)) {
            return OtherEnd.without(OtherEnd.Kind.NOT_LISTED, "its peer has been closed");
        }
        return queued.isEmpty()
                ? OtherEnd.without(OtherEnd.Kind.PENDING, "nobody has accepted it"
                        + (queuesKnown ? "; no listener's queue lists it"
                                : "; it was not recorded which listener it waits for"))
                : OtherEnd.without(OtherEnd.Kind.PENDING, "nobody has accepted it");
    }

    private String notListed(long inode) {
        String partial = snapshot.dumps().stream()
                .filter(d -> d.request().family() == Family.AF_UNIX && !d.isComplete())
                .map(Dump::verdict)
                .findFirst()
                .map(v -> ": the unix dump is " + v.id())
                .orElse(": it is in a namespace that was not recorded, or was closed meanwhile");
        return "its inode is " + inode + ", which is not listed" + partial;
    }

    private List<Connection> waiting() {
        List<Connection> out = new ArrayList<>();
        for (long inode : pendingClients.stream().sorted().toList()) {
            SocketRow client = byInode.get(inode);
            out.add(new Connection(null, client == null
                    ? OtherEnd.without(OtherEnd.Kind.NOT_LISTED, notListed(inode)) : OtherEnd.listed(client)));
        }
        return out;
    }

    private List<Connection> connections() {
        return accepted.rows().stream().map(row -> new Connection(row, otherEnd(row))).toList();
    }
}
