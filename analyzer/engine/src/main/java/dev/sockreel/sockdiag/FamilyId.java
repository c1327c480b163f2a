package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.Nlmsghdr;

/** Names of what a dump asks for: {@code tcp4}, {@code udp6}, {@code unix}, {@code unix-icons}, {@code netlink}, … */
final class FamilyId {
    static final String UNIX_ICONS = "unix-icons";

    /** A dump of listeners alone, apart from the dump of all: their pending clients may not fit a datagram. */
    private static final long LISTENERS = 1L << TcpState.LISTEN;

    private record Protocol(int number, String name) {}

    private static final Protocol[] INET = {
        new Protocol(InetProtocol.IPPROTO_TCP, "tcp"),
        new Protocol(InetProtocol.IPPROTO_UDP, "udp"),
        new Protocol(InetProtocol.IPPROTO_DCCP, "dccp"),
        new Protocol(InetProtocol.IPPROTO_SCTP, "sctp"),
        new Protocol(InetProtocol.IPPROTO_UDPLITE, "udplite"),
        new Protocol(InetProtocol.IPPROTO_RAW, "raw"),
        new Protocol(InetProtocol.IPPROTO_MPTCP, "mptcp"),
    };

    private record Other(int family, String name) {}

    private static final Other[] OTHERS = {
        new Other(Family.AF_UNIX, "unix"),
        new Other(Family.AF_PACKET, "packet"),
        new Other(Family.AF_NETLINK, "netlink"),
        new Other(Family.AF_VSOCK, "vsock"),
        new Other(Family.AF_XDP, "xdp"),
        new Other(Family.AF_TIPC, "tipc"),
        new Other(Family.AF_SMC, "smc"),
    };

    static boolean isInet(int family) {
        return family == Family.AF_INET || family == Family.AF_INET6;
    }

    static String of(DumpRequest request) {
        if (request.nlmsgType() == Nlmsghdr.TCPDIAG_GETSOCK) {
            return "tcp";
        }
        int family = request.family();
        if (request.isInet()) {
            return inetName(request.protocol()) + (family == Family.AF_INET6 ? "6" : "4");
        }
        if (family == Family.AF_UNIX && request.asksFor(DumpRequest.UDIAG_SHOW_ICONS)
                && request.states() == LISTENERS) {
            return UNIX_ICONS;
        }
        for (Other other : OTHERS) {
            if (other.family == family) {
                return other.name;
            }
        }
        return "family-" + family;
    }

    /** tcp, udp, …; a protocol without a handler of its own as {@code protocol-N-}. */
    private static String inetName(int protocol) {
        for (Protocol p : INET) {
            if (p.number == protocol) {
                return p.name;
            }
        }
        return "protocol-" + protocol + "-";
    }

    static DumpRequest parse(String id) {
        if (id.equals("tcp")) {
            return unknown(Nlmsghdr.TCPDIAG_GETSOCK, Family.AF_INET, InetProtocol.IPPROTO_TCP, 0);
        }
        if (id.equals(UNIX_ICONS)) {
            return new DumpRequest(
                    Nlmsghdr.SOCK_DIAG_BY_FAMILY, Family.AF_UNIX, 0, LISTENERS, DumpRequest.UDIAG_SHOW_ICONS,
                    false, true, true, 0);
        }
        for (Other other : OTHERS) {
            if (other.name.equals(id)) {
                return unknown(Nlmsghdr.SOCK_DIAG_BY_FAMILY, other.family, 0, 0);
            }
        }
        for (Protocol p : INET) {
            if (id.equals(p.name + "4")) {
                return unknown(Nlmsghdr.SOCK_DIAG_BY_FAMILY, Family.AF_INET, p.number, 0);
            }
            if (id.equals(p.name + "6")) {
                return unknown(Nlmsghdr.SOCK_DIAG_BY_FAMILY, Family.AF_INET6, p.number, 0);
            }
        }
        // AF_UNSPEC: no family decodes its replies
        return unknown(Nlmsghdr.SOCK_DIAG_BY_FAMILY, 0, 0, 0);
    }

    private static DumpRequest unknown(int type, int family, int protocol, long show) {
        return new DumpRequest(type, family, protocol, DumpRequest.ALL_STATES, show, false, true, true, 0);
    }

    private FamilyId() {}
}
