package dev.sockreel.peers;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Socket;
import org.jspecify.annotations.Nullable;

/** Both addresses of a connection as one end has them, its own first; IPv4-mapped ones as IPv4. */
record Ends(String netid, String local, String peer) {
    /** Null for a socket that is connected to no address. */
    static @Nullable Ends of(Socket s) {
        String local = s.local();
        String peer = s.peer();
        if (local == null || peer == null || s.isListener() || !hasAddresses(s.family())) {
            return null;
        }
        return peer.endsWith(":*") ? null : new Ends(s.netid(), InetEnd.unmapped(local), InetEnd.unmapped(peer));
    }

    private static boolean hasAddresses(int family) {
        return family == Family.AF_INET || family == Family.AF_INET6 || family == Family.AF_VSOCK;
    }

    Ends otherWay() {
        return new Ends(netid, peer, local);
    }
}
