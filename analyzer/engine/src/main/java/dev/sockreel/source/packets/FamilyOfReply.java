package dev.sockreel.source.packets;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;

/** The family of a dump as far as a reply alone shows it: not the protocol of IPv4 and IPv6. */
final class FamilyOfReply {
    /** Returns the name of the dump; {@code inet} or {@code unknown} where no decoder can be chosen. */
    static String of(int nlmsgType, int firstByte) {
        if (nlmsgType == Nlmsghdr.TCPDIAG_GETSOCK) {
            return "tcp";
        }
        if (nlmsgType != Nlmsghdr.SOCK_DIAG_BY_FAMILY) {
            return "unknown";
        }
        return switch (firstByte) {
            case Family.AF_UNIX -> "unix";
            case Family.AF_PACKET -> "packet";
            case Family.AF_NETLINK -> "netlink";
            case Family.AF_VSOCK -> "vsock";
            case Family.AF_XDP -> "xdp";
            case Family.AF_INET, Family.AF_INET6 -> "inet";
            default -> "unknown";
        };
    }

    private FamilyOfReply() {}
}
