package dev.sockreel.filter;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;

/**
 * {@code autobound}: the socket's own port or name was given by the kernel, as far as it shows. The range of ports is
 * the kernel's default (net.ipv4.ip_local_port_range), since a recording does not hold the host's.
 */
final class Autobound {
    static final Condition CONDITION = Autobound::of;

    private static final int FIRST_PORT = 32768;
    private static final int LAST_PORT = 60999;
    private static final int FIRST_VSOCK_PORT = 1024;

    private static Truth of(SocketRow row) {
        End end = End.of(row, true);
        if (end == null) {
            return Truth.UNKNOWN;
        }
        return Truth.of(switch (row.socket().family()) {
            case Family.AF_UNIX -> String.valueOf(end.name()).matches("|@[0-9a-f]{5}");
            case Family.AF_PACKET -> end.port() == 0 && end.number() == 0;
            case Family.AF_NETLINK -> end.port() < 0;
            case Family.AF_VSOCK -> end.port() >= FIRST_VSOCK_PORT;
            default -> end.port() >= FIRST_PORT && end.port() <= LAST_PORT;
        });
    }

    private Autobound() {}
}
