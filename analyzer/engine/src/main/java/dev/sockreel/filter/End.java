package dev.sockreel.filter;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One end of a socket, as ss's conditions see it.
 *
 * @param inet    address of inet sockets as it is shown; null of others
 * @param number  packet: ethertype; netlink: protocol; vsock: cid; else {@link #NONE}
 * @param port    inet: port, 0 for none; unix: inode; packet: interface; netlink: port id, signed; vsock: port; xdp:
 *                queue
 * @param name    of unix sockets, empty for none; null of others
 */
record End(@Nullable String inet, long number, long port, @Nullable String name) {
    static final long NONE = -1;
    private static final long ETH_P_ALL = 3;
    private static final int IPV6_BYTES = 16;

    /** Null when it is not known. */
    static @Nullable End of(SocketRow row, boolean local) {
        Socket socket = row.socket();
        String shown = local ? socket.local() : row.peer();
        if (shown == null && (socket.family() != Family.AF_UNIX || isUnknown(row, local))) {
            return null;
        }
        return switch (socket.family()) {
            case Family.AF_UNIX -> unix(socket, local, shown);
            case Family.AF_PACKET -> packet(socket, local, String.valueOf(shown));
            case Family.AF_NETLINK -> local ? numbers(String.valueOf(shown)) : new End(null, NONE, NONE, null);
            case Family.AF_VSOCK -> numbers(String.valueOf(shown));
            case Family.AF_XDP -> new End(null, NONE, local ? number(String.valueOf(shown), ":q") : 0, null);
            case Family.AF_TIPC -> new End(null, NONE, 0, null);
            default -> inet(String.valueOf(shown));
        };
    }

    static boolean isInet(Socket socket) {
        return switch (socket.family()) {
            case Family.AF_INET, Family.AF_INET6, Family.AF_SMC -> true;
            default -> false;
        };
    }

    /** A name that is missing without a reason is none. */
    private static boolean isUnknown(SocketRow row, boolean local) {
        return row.unknown().containsKey(local ? "local" : "peer");
    }

    private static @Nullable End unix(Socket socket, boolean local, @Nullable String shown) {
        long inode = local ? socket.inode() : Math.max(0, socket.peerInode());
        return new End(null, NONE, inode, shown == null ? "" : shown);
    }

    private static @Nullable End packet(Socket socket, boolean local, String shown) {
        if (!local) {
            return new End(null, NONE, 0, null);
        }
        if (socket.ifindex() == Socket.UNKNOWN) {
            return null;
        }
        int close = shown.indexOf(']');
        long ethertype = close < 0 ? ETH_P_ALL : Long.parseLong(shown.substring(1, close));
        return new End(null, ethertype, socket.ifindex(), null);
    }

    /** {@code 16:-4100}, {@code 2:*}. */
    private static End numbers(String shown) {
        int colon = shown.indexOf(':');
        return new End(null, numberOrNone(shown.substring(0, colon)), numberOrNone(shown.substring(colon + 1)), null);
    }

    private static long number(String shown, String behind) {
        return Long.parseLong(shown.substring(shown.indexOf(behind) + behind.length()));
    }

    private static long numberOrNone(String text) {
        return text.equals("*") ? NONE : Long.parseLong(text);
    }

    private static End inet(String shown) {
        int colon = shown.lastIndexOf(':');
        String port = shown.substring(colon + 1);
        return new End(shown.substring(0, colon), NONE, port.equals("*") ? 0 : Long.parseLong(port), null);
    }

    /** Of inet sockets, 4 or 16 bytes; null of others. Read when it is asked for: most filters ask for ports. */
    byte @Nullable [] address() {
        if (inet == null) {
            return null;
        }
        if (inet.equals("*")) {
            return new byte[IPV6_BYTES];
        }
        boolean six = inet.startsWith("[");
        byte[] bytes = InetAddress.ofLiteral(six ? inet.substring(1, inet.length() - 1) : inet).getAddress();
        return six ? mapped(bytes) : bytes;
    }

    /** Java gives an IPv4-mapped address as 4 bytes. */
    static byte[] mapped(byte[] bytes) {
        if (bytes.length == IPV6_BYTES) {
            return bytes;
        }
        byte[] six = new byte[IPV6_BYTES];
        six[10] = -1;
        six[11] = -1;
        System.arraycopy(bytes, 0, six, 12, 4);
        return six;
    }
}
