package dev.sockreel.sockdiag;

import dev.sockreel.address.NoPeer;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.XdpAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.Shapes;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct xdp_diag_msg} (uapi/linux/xdp_diag.h) and its attributes. Frames in the rings are in no queue.
 *
 * <pre>
 *  0 family type pad(2)   4 ino   8 cookie[2]   16
 * </pre>
 */
final class XdpFamily extends SocketFamily {
    private static final int XDP_SHOW_INFO = 0x1;
    private static final int XDP_SHOW_RING_CFG = 0x2;
    private static final int XDP_SHOW_UMEM = 0x4;
    private static final int XDP_SHOW_MEMINFO = 0x8;
    private static final int XDP_SHOW_STATS = 0x10;

    private static final StructTable HEADER = StructTable.of(StructKind.XDP_DIAG_MSG)
            .u8("xdiag_family")
            .u8("xdiag_type")
            .skip(2)
            .u32("xdiag_ino")
            .skip(8);

    private static final StructTable INFO = StructTable.of(StructKind.XDP_DIAG_INFO)
            .u32("ifindex")
            .u32("queue_id");

    private static final StructTable UMEM = StructTable.of(StructKind.XDP_DIAG_UMEM)
            .u64("size")
            .u32("id")
            .u32("num_pages")
            .u32("chunk_size")
            .u32("headroom")
            .u32("ifindex")
            .u32("queue_id")
            .u32("flags")
            .u32("refs");

    private static final StructTable STATS = StructTable.of(StructKind.XDP_DIAG_STATS)
            .u64("n_rx_dropped")
            .u64("n_rx_invalid")
            .u64("n_rx_full")
            .u64("n_fill_ring_empty")
            .u64("n_tx_invalid")
            .u64("n_tx_ring_empty");

    private static final StructField IFINDEX = INFO.field("ifindex");
    private static final StructField QUEUE_ID = INFO.field("queue_id");

    private static final AttributeTable ATTRIBUTES = new AttributeTable()
            .row(1, "XDP_DIAG_INFO", INFO, XDP_SHOW_INFO)
            .row(2, "XDP_DIAG_UID", Shapes.U32, XDP_SHOW_INFO, StructKind.UID)
            // struct xdp_diag_ring: number of descriptors
            .row(3, "XDP_DIAG_RX_RING", Shapes.U32, XDP_SHOW_RING_CFG)
            .row(4, "XDP_DIAG_TX_RING", Shapes.U32, XDP_SHOW_RING_CFG)
            .row(5, "XDP_DIAG_UMEM", UMEM, XDP_SHOW_UMEM)
            .row(6, "XDP_DIAG_UMEM_FILL_RING", Shapes.U32, XDP_SHOW_RING_CFG)
            .row(7, "XDP_DIAG_UMEM_COMPLETION_RING", Shapes.U32, XDP_SHOW_RING_CFG)
            .row(8, "XDP_DIAG_MEMINFO", SkMemInfo.TABLE, XDP_SHOW_MEMINFO)
            .row(9, "XDP_DIAG_STATS", STATS, XDP_SHOW_STATS);

    static final XdpFamily INSTANCE = new XdpFamily();

    private XdpFamily() {
        super(Family.AF_XDP, HEADER, ATTRIBUTES);
    }

    @Override
    String netid(DiagSocket s) {
        return "xdp";
    }

    @Override
    int ifindex(DiagSocket s) {
        return (int) s.value(IFINDEX, Socket.UNKNOWN);
    }

    @Override
    @Nullable
    SocketAddress local(DiagSocket s) {
        long queue = s.value(QUEUE_ID, -1);
        return queue < 0 ? null : new XdpAddress(queue);
    }

    @Override
    SocketAddress peer(DiagSocket s) {
        return NoPeer.INSTANCE;
    }

    @Override
    void addUnknown(DiagSocket s, Map<String, Unknown> out) {
        if (s.value(QUEUE_ID, -1) < 0) {
            out.put("local", s.whyUnknown(QUEUE_ID));
            out.put("ifindex", s.whyUnknown(IFINDEX));
        }
    }
}
