package dev.sockreel.snapshot;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a socket across snapshots: boot, namespace, kind and cookie; never the addresses, never the inode alone. A
 * row of /proc/net has no cookie, so inode, addresses and state together stand in; findings that rest on it are likely
 * at most.
 *
 * @param boot   boot_id, or the capture's own id where it is not known
 * @param netns  SO_NETNS_COOKIE; where it is not known the namespace's inode, or its number in the file
 * @param cookie {@link Socket#NO_COOKIE} for a row of /proc/net
 * @param netid  ss's name of the kind
 * @param traits inode, state and addresses of a row of /proc/net; the peer of an sctp row, since a socket and its
 *               associations share a cookie; null for others
 */
public record SocketIdentity(String boot, long netns, String netid, long cookie, @Nullable Traits traits) {
    /**
     * Values that set a row apart where a cookie does not.
     *
     * @param inode {@link Socket#UNKNOWN} for a row of sctp
     * @param state ss's name of it; empty for a row of sctp
     * @param local null for a row of sctp
     */
    public record Traits(long inode, String state, @Nullable SocketAddress local, @Nullable SocketAddress peer) {}

    /** Returns the socket's identity; null when nothing distinguishes it from others like it. */
    static @Nullable SocketIdentity of(Snapshot snapshot, int netnsNumber, Socket socket) {
        String boot = snapshot.boot();
        long netns = snapshot.netnsIdentity(netnsNumber);
        if (socket.cookie() != Socket.NO_COOKIE) {
            Traits association = socket.protocol() == InetProtocol.IPPROTO_SCTP
                    ? new Traits(Socket.UNKNOWN, "", null, socket.peer()) : null;
            return new SocketIdentity(boot, netns, socket.netid(), socket.cookie(), association);
        }
        if (socket.inode() <= 0) {
            return null;
        }
        Traits row = new Traits(socket.inode(), socket.state(), socket.local(), socket.peer());
        return new SocketIdentity(boot, netns, socket.netid(), Socket.NO_COOKIE, row);
    }
}
