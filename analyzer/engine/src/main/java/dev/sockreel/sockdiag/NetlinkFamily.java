package dev.sockreel.sockdiag;

import dev.sockreel.address.NetlinkAddress;
import dev.sockreel.address.NetlinkDestination;
import dev.sockreel.address.NoPeer;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.Shapes;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;

/**
 * {@code struct netlink_diag_msg} (uapi/linux/netlink_diag.h) and its attributes.
 *
 * <pre>
 *  0 family type protocol state   4 portid   8 dst_portid   12 dst_group   16 ino   20 cookie[2]   28
 * </pre>
 */
final class NetlinkFamily extends SocketFamily {
    private static final int NDIAG_SHOW_MEMINFO = 0x1;
    private static final int NDIAG_SHOW_GROUPS = 0x2;
    private static final int NDIAG_SHOW_RING_CFG = 0x4;
    private static final int NDIAG_SHOW_FLAGS = 0x8;

    /** The state of a connected socket (net/netlink/af_netlink.c); NETLINK_UNCONNECTED is 0. */
    private static final int NETLINK_CONNECTED = 1;

    private static final StructTable HEADER = StructTable.of(StructKind.NETLINK_DIAG_MSG)
            .u8("ndiag_family")
            .u8("ndiag_type")
            .u8("ndiag_protocol")
            .u8("ndiag_state")
            .u32("ndiag_portid")
            .u32("ndiag_dst_portid")
            .u32("ndiag_dst_group")
            .u32("ndiag_ino")
            .skip(8);

    private static StructTable ring(StructKind kind) {
        return StructTable.of(kind)
                .u32("ndr_block_size")
                .u32("ndr_block_nr")
                .u32("ndr_frame_size")
                .u32("ndr_frame_nr");
    }

    private static final AttributeTable ATTRIBUTES = new AttributeTable()
            .row(0, "NETLINK_DIAG_MEMINFO", SkMemInfo.TABLE, NDIAG_SHOW_MEMINFO)
            // a bitmap of unsigned longs, so words of 32 bits in the host's order are halves of them
            .row(1, "NETLINK_DIAG_GROUPS", Shapes.U32_LIST, NDIAG_SHOW_GROUPS)
            .row(2, "NETLINK_DIAG_RX_RING", ring(StructKind.NETLINK_DIAG_RX_RING), NDIAG_SHOW_RING_CFG)
            .row(3, "NETLINK_DIAG_TX_RING", ring(StructKind.NETLINK_DIAG_TX_RING), NDIAG_SHOW_RING_CFG)
            .row(4, "NETLINK_DIAG_FLAGS", Shapes.U32, NDIAG_SHOW_FLAGS, StructKind.FLAGS);

    static final NetlinkFamily INSTANCE = new NetlinkFamily();

    private NetlinkFamily() {
        super(Family.AF_NETLINK, HEADER, ATTRIBUTES);
    }

    @Override
    String netid(DiagSocket s) {
        return "nl";
    }

    @Override
    int stateNumber(DiagSocket s) {
        return isConnected(s) ? TcpState.ESTABLISHED : TcpState.CLOSE;
    }

    private static boolean isConnected(DiagSocket s) {
        return s.in().u8(s.header() + 3) == NETLINK_CONNECTED;
    }

    @Override
    SocketAddress local(DiagSocket s) {
        return new NetlinkAddress(s.in().u8(s.header() + 2), s.in().s32(s.header() + 4));
    }

    @Override
    SocketAddress peer(DiagSocket s) {
        return isConnected(s)
                ? new NetlinkDestination(s.in().s32(s.header() + 12), s.in().s32(s.header() + 8)) : NoPeer.INSTANCE;
    }
}
