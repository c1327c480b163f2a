package dev.sockreel.peers;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.dump.Dump;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.peers.Conversation.Connection;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** unix: the kernel names the peer's inode, and a listener the inodes of the clients in its queue. */
final class UnixPeers {
    private static final String DATAGRAM = "u_dgr";

    private final Snapshot snapshot;
    private final SnapshotSockets all;
    private final SocketRow own;
    private final Socket socket;
    private final Set<Long> pendingClients;
    /** The inodes of the peer and of the clients that wait. */
    private final Set<Long> nearestInodes;
    private final Bounded accepted = new Bounded();
    private final Bounded senders = new Bounded();
    /** The listeners in whose queue this socket waits. */
    private final List<SocketRow> queued = new ArrayList<>();
    /** The sockets whose inode the own row names, and then those that these name. */
    private final Map<Long, SocketRow> byInode = new HashMap<>();
    private boolean queuesKnown;

    UnixPeers(Snapshot snapshot, SnapshotSockets all, SocketRow own) {
        this.snapshot = snapshot;
        this.all = all;
        this.own = own;
        this.socket = own.socket();
        Set<Long> pending = socket.isListener() ? own.pendingClients() : null;
        this.pendingClients = pending == null ? Set.of() : pending;
        this.nearestInodes = new HashSet<>(pendingClients);
        this.nearestInodes.add(socket.peerInode());
    }

    Conversation find() {
        all.forEach(this::nearest);
        Set<Long> wanted = accepted.rows().stream().map(r -> r.socket().peerInode()).collect(Collectors.toSet());
        SocketRow other = byInode.get(socket.peerInode());
        List<SocketRow> listeners = new ArrayList<>(queued);
        all.forEach(row -> {
            if (row.socket().family() == Family.AF_UNIX) {
                keep(row, wanted);
                if (!socket.isListener() && (accepted(row, own) || (other != null && accepted(row, other)))) {
                    listeners.add(row.hold());
                }
            }
        });
        return new Conversation(
                own, otherEnd(own), listeners, waiting(), connections(), senders.rows(),
                accepted.leftOut() + senders.leftOut());
    }

    private void nearest(SocketRow row) {
        Socket s = row.socket();
        if (s.family() != Family.AF_UNIX || isOwn(row)) {
            return;
        }
        keep(row, nearestInodes);
        if (s.isListener()) {
            Set<Long> clients = row.pendingClients();
            queuesKnown |= clients != null;
            if (clients != null && clients.contains(socket.inode())) {
                queued.add(row.hold());
            }
        } else if (socket.isListener() && accepted(own, row)) {
            accepted.add(row);
        }
        if (socket.netid().equals(DATAGRAM) && socket.inode() > 0 && s.peerInode() == socket.inode()) {
            senders.add(row);
        }
    }

    private boolean isOwn(SocketRow row) {
        return own.identity() != null && own.identity().equals(row.identity());
    }

    private void keep(SocketRow row, Set<Long> inodes) {
        long inode = row.socket().inode();
        if (inode > 0 && inodes.contains(inode)) {
            byInode.putIfAbsent(inode, row.hold());
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
