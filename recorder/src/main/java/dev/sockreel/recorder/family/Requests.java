package dev.sockreel.recorder.family;

import dev.sockreel.nlmsg.DiagModule;
import dev.sockreel.nlmsg.Family;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The table of families: one request constant each. Every show mask asks for all that is cheap; BPF filters and BPF
 * storages are never asked for, and UNIX_DIAG_ICONS only of listeners in a dump of its own (an ICONS attribute that
 * does not fit a datagram makes the kernel end the dump early without a word).
 *
 * <p>Ping sockets have no handler: /proc/net/icmp and icmp6 are recorded as text.
 */
public final class Requests {
    /** All attributes that idiag_ext can ask for: MEMINFO INFO VEGASINFO CONG TOS TCLASS SKMEMINFO SHUTDOWN. */
    private static final int IDIAG_EXT = 0xff;
    /** States 0 to 11; 0x3fff would add bound-inactive sockets by a second walk of the tables. */
    private static final int IDIAG_STATES = 0xfff;

    private static final int INET_DIAG_REQ_PROTOCOL = 3;
    private static final int IPPROTO_MPTCP = 262;

    /** NAME VFS PEER RQLEN MEMINFO UID. */
    private static final int UDIAG_SHOW = 0x77;
    private static final int UDIAG_SHOW_ICONS = 0x08;
    private static final int TCP_LISTEN = 10;
    /** INFO MCLIST RING_CFG FANOUT MEMINFO, not FILTER (0x20). */
    private static final int PACKET_SHOW = 0x1f;
    /** MEMINFO GROUPS RING_CFG FLAGS. */
    private static final int NDIAG_SHOW = 0x0f;
    private static final int NDIAG_PROTO_ALL = 0xff;
    /** INFO RING_CFG UMEM MEMINFO STATS. */
    private static final int XDP_SHOW = 0x1f;
    /** CONNINFO LGRINFO DMBINFO. */
    private static final int SMC_DIAG_EXT = 0x0b;
    private static final int ALL_STATES = -1;

    public static final List<FamilyRequest> ALL = all();

    private static List<FamilyRequest> all() {
        List<FamilyRequest> out = new ArrayList<>();
        inet(out, "tcp", 6, true, "TCP", "TCPv6");
        inet(out, "udp", 17, true, "UDP", "UDPv6");
        inet(out, "udplite", 136, true, "UDP-Lite", "UDPLITEv6");
        inet(out, "raw", 255, true, "RAW", "RAWv6");
        inet(out, "sctp", 132, false, "SCTP", "SCTPv6");
        inet(out, "dccp", 33, false, "DCCP", "DCCPv6");
        inet(out, "mptcp", IPPROTO_MPTCP, false, "MPTCP", "MPTCPv6");
        out.add(row("unix", "unix", unixDiagReq(ALL_STATES, UDIAG_SHOW), "unix", "UNIX"));
        out.add(row("unix-icons", "unix", unixDiagReq(1 << TCP_LISTEN, UDIAG_SHOW | UDIAG_SHOW_ICONS), null, "UNIX"));
        out.add(row("packet", "packet", packetDiagReq(), "packet", "PACKET"));
        out.add(row("netlink", "netlink", netlinkDiagReq(), "netlink", "NETLINK"));
        out.add(row("vsock", "vsock", vsockDiagReq(), null, "AF_VSOCK"));
        out.add(row("xdp", "xdp", xdpDiagReq(), null, "XDP"));
        out.add(row("tipc", "tipc", tipcSockDiagReq(), null, "TIPC"));
        out.add(row("smc", "smc", smcDiagReq(), null, "SMC"));
        return List.copyOf(out);
    }

    private static void inet(
            List<FamilyRequest> out, String group, int protocol, boolean text, String row4, String row6) {
        out.add(row(group + 4, group, inetDiagReqV2(Family.AF_INET, protocol), text ? group : null, row4));
        out.add(row(group + 6, group, inetDiagReqV2(Family.AF_INET6, protocol), text ? group + 6 : null, row6));
    }

    private static FamilyRequest row(String id, String group, ByteBuffer payload, @Nullable String text, String row) {
        DiagModule module = Objects.requireNonNull(DiagModule.of(id), id);
        return new FamilyRequest(id, group, new FamilyRequest.Payload(payload), text, module, row);
    }

    private static ByteBuffer payload(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    /**
     * uapi/linux/inet_diag.h struct inet_diag_req_v2. A protocol above 255 goes into an attribute; the byte stays 0,
     * because a kernel that does not know the attribute would take 262 & 0xff for TCP and answer with that.
     */
    private static ByteBuffer inetDiagReqV2(int family, int protocol) {
        boolean wide = protocol > 255;
        ByteBuffer out = payload(wide ? 64 : 56)
                .put((byte) family)
                .put((byte) (wide ? 0 : protocol))
                .put((byte) IDIAG_EXT)
                .put((byte) 0)
                .putInt(IDIAG_STATES);
        if (wide) {
            out.position(56);
            out.putShort((short) 8).putShort((short) INET_DIAG_REQ_PROTOCOL).putInt(protocol);
        }
        return out;
    }

    /** uapi/linux/unix_diag.h struct unix_diag_req: family, protocol, pad, states, ino, show, cookie[2]. */
    private static ByteBuffer unixDiagReq(int states, int show) {
        return payload(24).putInt(0, 0).put(0, (byte) Family.AF_UNIX).putInt(4, states).putInt(12, show);
    }

    /** uapi/linux/packet_diag.h struct packet_diag_req: family, protocol, pad, ino, show, cookie[2]. */
    private static ByteBuffer packetDiagReq() {
        return payload(20).put(0, (byte) Family.AF_PACKET).putInt(8, PACKET_SHOW);
    }

    /** uapi/linux/netlink_diag.h struct netlink_diag_req: as packet_diag_req. */
    private static ByteBuffer netlinkDiagReq() {
        return payload(20)
                .put(0, (byte) Family.AF_NETLINK)
                .put(1, (byte) NDIAG_PROTO_ALL)
                .putInt(8, NDIAG_SHOW);
    }

    /** uapi/linux/vm_sockets_diag.h struct vsock_diag_req: family, protocol, pad, states, ino, show, cookie[2]. */
    private static ByteBuffer vsockDiagReq() {
        return payload(24).put(0, (byte) Family.AF_VSOCK).putInt(4, ALL_STATES);
    }

    /** uapi/linux/xdp_diag.h struct xdp_diag_req: as packet_diag_req. */
    private static ByteBuffer xdpDiagReq() {
        return payload(20).put(0, (byte) Family.AF_XDP).putInt(8, XDP_SHOW);
    }

    /** uapi/linux/tipc_sockets_diag.h struct tipc_sock_diag_req: family, protocol, pad, states. */
    private static ByteBuffer tipcSockDiagReq() {
        return payload(8).put(0, (byte) Family.AF_TIPC).putInt(4, ALL_STATES);
    }

    /** uapi/linux/smc_diag.h struct smc_diag_req: family, pad[2], ext, then inet_diag_sockid. */
    private static ByteBuffer smcDiagReq() {
        return payload(52).put(0, (byte) Family.AF_SMC).put(3, (byte) SMC_DIAG_EXT);
    }

    private Requests() {}
}
