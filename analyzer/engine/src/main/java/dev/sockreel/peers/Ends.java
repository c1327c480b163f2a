package dev.sockreel.peers;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.VsockAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Socket;
import org.jspecify.annotations.Nullable;

/** Both addresses of a connection as one end has them, its own first; IPv4-mapped ones as IPv4. */
public record Ends(String netid, SocketAddress local, SocketAddress peer) {
    /** Returns null for a socket that is connected to no address. */
    public static @Nullable Ends of(Socket s) {
        if (s.isListener() || !hasAddresses(s.family())) {
            return null;
        }
        SocketAddress local = s.local();
        SocketAddress peer = s.peer();
        return local == null || peer == null || !peer.hasPort()
                ? null : new Ends(s.netid(), seenFromPeer(local), peer.unmapped());
    }

    private static boolean hasAddresses(int family) {
        return family == Family.AF_INET || family == Family.AF_INET6 || family == Family.AF_VSOCK;
    }

    /** A vsock socket bound to any CID has that of the local host for an end on the same host. */
    private static SocketAddress seenFromPeer(SocketAddress local) {
        return local instanceof VsockAddress own && own.isAny()
                ? new VsockAddress(VsockAddress.CID_LOCAL, own.port()) : local.unmapped();
    }

    /** Returns the same connection as the other end has it. */
    public Ends otherWay() {
        return new Ends(netid, peer, local);
    }

    /** Returns the same as {@link Socket#portPair} of a socket with these addresses. */
    public int ports() {
        return InetEndpoint.portPair(local, peer);
    }
}
