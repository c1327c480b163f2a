package dev.sockreel.sockdiag;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.NlattrWalk;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.MptcpInfo;
import dev.sockreel.sockdiag.attribute.SctpInfo;
import dev.sockreel.sockdiag.attribute.Shapes;
import dev.sockreel.sockdiag.attribute.StructTable;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct inet_diag_msg} (uapi/linux/inet_diag.h) and its attributes: tcp, udp, udplite, raw, dccp, sctp, mptcp.
 *
 * <pre>
 *  0  family state timer retrans
 *  4  sport dport (network order)   8 src[16]   24 dst[16]   40 if   44 cookie[2]
 * 52  expires   56 rqueue   60 wqueue   64 uid   68 inode   72
 * </pre>
 */
final class InetFamily extends SocketFamily {
    static final int INET_DIAG_CONG = 4;
    static final int INET_DIAG_SKV6ONLY = 11;
    static final int INET_DIAG_ULP_INFO = 19;

    static final int SPORT = 4;
    static final int DPORT = 6;
    static final int SRC = 8;
    static final int DST = 24;
    private static final int IF = 40;
    private static final int RQUEUE = 56;
    private static final int WQUEUE = 60;
    private static final int UID = 64;

    static final List<InetFamily> ALL = List.of(
            new InetFamily(InetProtocol.IPPROTO_TCP, "tcp", TcpInfo.TABLE),
            new InetFamily(InetProtocol.IPPROTO_UDP, "udp", null),
            new InetFamily(InetProtocol.IPPROTO_UDPLITE, "udplite", null),
            new InetFamily(InetProtocol.IPPROTO_RAW, "raw", null),
            new InetFamily(InetProtocol.IPPROTO_DCCP, "dccp", TcpInfo.TABLE),
            new InetFamily(InetProtocol.IPPROTO_SCTP, "sctp", SctpInfo.TABLE),
            new InetFamily(InetProtocol.IPPROTO_MPTCP, "mptcp", MptcpInfo.TABLE));

    private final int protocol;
    private final String netid;

    private InetFamily(int protocol, String netid, @Nullable StructTable info) {
        super(Family.AF_INET, InetDiagMsg.TABLE, InetAttributes.table(info));
        this.protocol = protocol;
        this.netid = netid;
    }

    /** Returns the protocol's family; null for a protocol that sock_diag has no handler for. */
    static @Nullable InetFamily of(int protocol) {
        return ALL.stream().filter(f -> f.protocol == protocol).findFirst().orElse(null);
    }

    @Override
    String netid(DiagSocket s) {
        return netid;
    }

    @Override
    int family(DiagSocket s) {
        return s.in().u8(s.header());
    }

    @Override
    int protocol() {
        return protocol;
    }

    @Override
    int stateNumber(DiagSocket s) {
        int state = kernelState(s);
        return SctpState.isAssociation(s) ? SctpState.tcpState(state) : state;
    }

    @Override
    String stateName(DiagSocket s) {
        int state = kernelState(s);
        return SctpState.isAssociation(s) ? SctpState.name(state) : TcpState.name(state);
    }

    private static int kernelState(DiagSocket s) {
        return s.in().u8(s.header() + 1);
    }

    /**
     * Returns the uid. TIME-WAIT and request sockets have none, nor do sockets without an inode: the kernel reports
     * zero.
     */
    @Override
    long uid(DiagSocket s) {
        long uid = s.in().u32(s.header() + UID);
        return isMiniSocket(s) || (uid == 0 && inode(s) == 0) ? Socket.UNKNOWN : uid;
    }

    @Override
    int ifindex(DiagSocket s) {
        return s.in().s32(s.header() + IF);
    }

    /**
     * Returns whether a tcp or dccp socket is a timewait socket (TIME-WAIT, or FIN-WAIT-2 with idiag_timer 3, after the
     * socket was closed) or a request socket (SYN-RECV). The kernel has no queues for these and reports zeros.
     */
    private boolean isMiniSocket(DiagSocket s) {
        if (protocol != InetProtocol.IPPROTO_TCP && protocol != InetProtocol.IPPROTO_DCCP) {
            return false;
        }
        return switch (kernelState(s)) {
            case TcpState.TIME_WAIT, TcpState.SYN_RECV, TcpState.NEW_SYN_RECV -> true;
            case TcpState.FIN_WAIT2 -> s.in().u8(s.header() + 2) == InetDiagMsg.TIMER_TIMEWAIT;
            default -> false;
        };
    }

    private boolean isMeasured(DiagSocket s) {
        return switch (protocol) {
            case InetProtocol.IPPROTO_TCP -> !isMiniSocket(s);
            // dccp_diag_get_info writes zeros
            case InetProtocol.IPPROTO_DCCP -> false;
            // a socket's own row has its listen backlog there, whatever its state; memory is in the associations' rows
            case InetProtocol.IPPROTO_SCTP -> SctpState.isAssociation(s) || kernelState(s) == TcpState.LISTEN;
            default -> true;
        };
    }

    private boolean isListening(DiagSocket s) {
        return kernelState(s) == TcpState.LISTEN && switch (protocol) {
            case InetProtocol.IPPROTO_TCP, InetProtocol.IPPROTO_MPTCP -> true;
            case InetProtocol.IPPROTO_SCTP -> !SctpState.isAssociation(s);
            default -> false;
        };
    }

    @Override
    Queue recvQ(DiagSocket s) {
        if (!isMeasured(s)) {
            return Queue.NOT_MEASURED;
        }
        long number = s.in().u32(s.header() + RQUEUE);
        if (isListening(s)) {
            return new Queue.PendingConnections(number);
        }
        return protocol == InetProtocol.IPPROTO_TCP
                ? new Queue.SequenceBytes(number) : new Queue.MemoryBytes(number);
    }

    @Override
    Queue sendQ(DiagSocket s) {
        if (!isMeasured(s)) {
            return Queue.NOT_MEASURED;
        }
        long number = s.in().u32(s.header() + WQUEUE);
        if (isListening(s)) {
            return new Queue.BacklogLimit(number);
        }
        return protocol == InetProtocol.IPPROTO_TCP
                ? new Queue.SequenceBytes(number) : new Queue.MemoryBytes(number);
    }

    @Override
    long recvQNumber(DiagSocket s) {
        return isMeasured(s) ? s.in().u32(s.header() + RQUEUE) : -1;
    }

    @Override
    long sendQNumber(DiagSocket s) {
        return isMeasured(s) ? s.in().u32(s.header() + WQUEUE) : -1;
    }

    @Override
    SocketAddress local(DiagSocket s) {
        return address(s, SRC, SPORT);
    }

    @Override
    SocketAddress peer(DiagSocket s) {
        return address(s, DST, DPORT);
    }

    /** Returns INET_ULP_INFO_NAME within INET_DIAG_ULP_INFO; an empty string for an ULP without a name. */
    @Override
    @Nullable
    String ulp(DiagSocket s) {
        int at = s.find(INET_DIAG_ULP_INFO);
        if (at < 0) {
            return null;
        }
        NlattrWalk nested = new NlattrWalk(s.in(), at, at + s.valueBytes(at));
        while (nested.next()) {
            if (nested.type() == InetAttributes.INET_ULP_INFO_NAME) {
                return Shapes.text(s.in(), nested.value(), nested.valueBytes());
            }
        }
        return "";
    }

    @Override
    @Nullable
    String congestionControl(DiagSocket s) {
        int at = s.find(INET_DIAG_CONG);
        return at < 0 ? null : Shapes.text(s.in(), at, s.valueBytes(at));
    }

    private InetEndpoint address(DiagSocket s, int addressAt, int portAt) {
        WireReader in = s.in();
        int port = in.be16(s.header() + portAt);
        if (family(s) == Family.AF_INET) {
            return InetEndpoint.readIpv4(in, s.header() + addressAt, port);
        }
        InetEndpoint address = InetEndpoint.readIpv6(in, s.header() + addressAt, port);
        return address.isAny() && isDualStack(s) ? InetEndpoint.anyDualStack(port) : address;
    }

    /** Returns whether INET_DIAG_SKV6ONLY is present and 0, so that the any-address includes IPv4. */
    private static boolean isDualStack(DiagSocket s) {
        return s.value(InetDiagMsg.SKV6ONLY, 1) == 0;
    }
}
