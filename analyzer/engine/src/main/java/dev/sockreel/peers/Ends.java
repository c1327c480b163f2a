package dev.sockreel.peers;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Socket;
import org.jspecify.annotations.Nullable;

/** Both addresses of a connection as one end has them, its own first; IPv4-mapped ones as IPv4. */
record Ends(String netid, String local, String peer) {
    /** Where a vsock socket that is bound to any CID is for an other end on the same host (uapi/linux/vm_sockets.h). */
    private static final String VMADDR_CID_LOCAL = "1";

    /** Null for a socket that is connected to no address. */
    static @Nullable Ends of(Socket s) {
        String local = s.local();
        String peer = s.peer();
        if (local == null || peer == null || s.isListener() || !hasAddresses(s.family())) {
            return null;
        }
        if (peer.endsWith(":*")) {
            return null;
        }
        String own =
                s.family() == Family.AF_VSOCK && local.startsWith("*:") ? VMADDR_CID_LOCAL + local.substring(1) : local;
        return new Ends(s.netid(), InetEnd.unmapped(own), InetEnd.unmapped(peer));
    }

    private static boolean hasAddresses(int family) {
        return family == Family.AF_INET || family == Family.AF_INET6 || family == Family.AF_VSOCK;
    }

    Ends otherWay() {
        return new Ends(netid, peer, local);
    }
}
