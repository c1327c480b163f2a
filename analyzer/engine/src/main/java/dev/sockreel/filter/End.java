package dev.sockreel.filter;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.NetlinkAddress;
import dev.sockreel.address.NetlinkDestination;
import dev.sockreel.address.NoPeer;
import dev.sockreel.address.PacketAddress;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.TipcAddress;
import dev.sockreel.address.UnixAddress;
import dev.sockreel.address.VsockAddress;
import dev.sockreel.address.XdpAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import org.jspecify.annotations.Nullable;

/**
 * One end of a socket, as ss's conditions see it.
 *
 * @param inet   null for sockets of other families
 * @param number packet: ethertype; netlink: protocol; vsock: cid; else {@link #NONE}
 * @param port   inet: port, 0 for none; unix: inode; packet: interface; netlink: port id, signed; vsock: port; xdp:
 *               queue
 * @param name   text of a unix name, empty for none; null for sockets of other families
 */
record End(@Nullable InetEndpoint inet, long number, long port, @Nullable String name) {
    static final long NONE = -1;

    /** Returns null when it is not known. */
    static @Nullable End of(SocketRow row, boolean local) {
        Socket socket = row.socket();
        SocketAddress address = local ? socket.local() : row.peer();
        if (address == null) {
            return socket.family() == Family.AF_UNIX && !isUnknown(row, local) ? unix(socket, local, "") : null;
        }
        return switch (address) {
            case InetEndpoint a -> new End(a, NONE, a.port(), null);
            case UnixAddress a -> unix(socket, local, AddressText.of(a));
            case PacketAddress a ->
                socket.ifindex() == Socket.UNKNOWN ? null : numbers(a.protocol(), socket.ifindex());
            case NetlinkAddress a -> numbers(a.protocol(), a.portId());
            case NetlinkDestination a -> numbers(NONE, NONE);
            case VsockAddress a ->
                numbers(orNone(a.cid()), orNone(a.port()));
            case XdpAddress a -> numbers(NONE, a.queue());
            case TipcAddress a -> numbers(NONE, 0);
            case NoPeer a -> numbers(NONE, socket.family() == Family.AF_NETLINK ? NONE : 0);
        };
    }

    static boolean isInet(Socket socket) {
        return switch (socket.family()) {
            case Family.AF_INET, Family.AF_INET6, Family.AF_SMC -> true;
            default -> false;
        };
    }

    /** Returns whether a name is missing for a reason; without one there is none. */
    private static boolean isUnknown(SocketRow row, boolean local) {
        return row.unknown().containsKey(local ? "local" : "peer");
    }

    private static End unix(Socket socket, boolean local, String name) {
        return new End(null, NONE, local ? socket.inode() : Math.max(0, socket.peerInode()), name);
    }

    private static End numbers(long number, long port) {
        return new End(null, number, port, null);
    }

    private static long orNone(long number) {
        return number == VsockAddress.ANY ? NONE : number;
    }
}
