package dev.sockreel.sockdiag;

import dev.sockreel.address.NoPeer;
import dev.sockreel.address.PacketAddress;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.Shape;
import dev.sockreel.sockdiag.attribute.Shapes;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.List;
import java.util.Map;

/**
 * {@code struct packet_diag_msg} (uapi/linux/packet_diag.h) and its attributes. Frames in a mapped ring are in no
 * queue.
 *
 * <pre>
 *  0 family type num(2)   4 ino   8 cookie[2]   16
 * </pre>
 */
final class PacketFamily extends SocketFamily {
    private static final int PACKET_SHOW_INFO = 0x1;
    private static final int PACKET_SHOW_MCLIST = 0x2;
    private static final int PACKET_SHOW_RING_CFG = 0x4;
    private static final int PACKET_SHOW_FANOUT = 0x8;
    private static final int PACKET_SHOW_MEMINFO = 0x10;
    private static final int PACKET_SHOW_FILTER = 0x20;

    private static final int PACKET_DIAG_INFO = 0;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    /** sizeof(struct packet_diag_mclist): index, count, type, alen, addr[32]. */
    private static final int PACKET_DIAG_MCLIST_BYTES = 48;

    private static final StructTable HEADER = StructTable.of(StructKind.PACKET_DIAG_MSG)
            .u8("pdiag_family")
            .u8("pdiag_type")
            .u16("pdiag_num")
            .u32("pdiag_ino")
            .skip(8);

    private static final StructTable INFO = StructTable.of(StructKind.PACKET_DIAG_INFO)
            .u32("pdi_index")
            .u32("pdi_version")
            .u32("pdi_reserve")
            .u32("pdi_copy_thresh")
            .u32("pdi_tstamp")
            .u32("pdi_flags");

    private static final StructField INDEX = INFO.field("pdi_index");

    private static StructTable ring(StructKind kind) {
        return StructTable.of(kind)
                .u32("pdr_block_size")
                .u32("pdr_block_nr")
                .u32("pdr_frame_size")
                .u32("pdr_frame_nr")
                .u32("pdr_retire_tmo")
                .u32("pdr_sizeof_priv")
                .u32("pdr_features");
    }

    private static final AttributeTable ATTRIBUTES = new AttributeTable()
            .row(PACKET_DIAG_INFO, "PACKET_DIAG_INFO", INFO, PACKET_SHOW_INFO)
            .row(1, "PACKET_DIAG_MCLIST",
                    Shapes.list(PACKET_DIAG_MCLIST_BYTES, new McListElement()), PACKET_SHOW_MCLIST)
            .row(2, "PACKET_DIAG_RX_RING", ring(StructKind.PACKET_DIAG_RX_RING), PACKET_SHOW_RING_CFG)
            .row(3, "PACKET_DIAG_TX_RING", ring(StructKind.PACKET_DIAG_TX_RING), PACKET_SHOW_RING_CFG)
            .row(4, "PACKET_DIAG_FANOUT", Shapes.U32, PACKET_SHOW_FANOUT, StructKind.FANOUT)
            .row(5, "PACKET_DIAG_UID", Shapes.U32, PACKET_SHOW_INFO, StructKind.UID)
            .row(6, "PACKET_DIAG_MEMINFO", SkMemInfo.TABLE, PACKET_SHOW_MEMINFO)
            // struct sock_filter[]
            .row(7, "PACKET_DIAG_FILTER", Shapes.HEX, PACKET_SHOW_FILTER);

    static final PacketFamily INSTANCE = new PacketFamily();

    private PacketFamily() {
        super(Family.AF_PACKET, HEADER, ATTRIBUTES);
    }

    @Override
    String netid(DiagSocket s) {
        int type = s.in().u8(s.header() + 1);
        return switch (type) {
            case SOCK_RAW -> "p_raw";
            case SOCK_DGRAM -> "p_dgr";
            default -> "p_" + type;
        };
    }

    @Override
    int ifindex(DiagSocket s) {
        return (int) s.value(INDEX, Socket.UNKNOWN);
    }

    @Override
    Queue sendQ(DiagSocket s) {
        return Queue.NONE;
    }

    @Override
    long sendQNumber(DiagSocket s) {
        return -1;
    }

    /** Returns {@code [ethertype]:*}, or {@code *:*} for all protocols; the device is only in {@link #ifindex}. */
    @Override
    SocketAddress local(DiagSocket s) {
        return new PacketAddress(s.in().u16(s.header() + 2));
    }

    @Override
    SocketAddress peer(DiagSocket s) {
        return NoPeer.INSTANCE;
    }

    @Override
    void addUnknown(DiagSocket s, Map<String, Unknown> out) {
        if (s.value(INDEX, -1) < 0) {
            out.put("ifindex", s.whyUnknown(INDEX));
        }
    }

    private static final class McListElement implements Shape {
        @Override
        public List<String> names() {
            return List.of("pdmc_index", "pdmc_count", "pdmc_type", "pdmc_alen", "pdmc_addr");
        }

        @Override
        public boolean fits(WireReader in, int at, int bytes) {
            return true;
        }

        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            out.beginObject();
            out.name("pdmc_index");
            out.number(in.u32(at));
            out.name("pdmc_count");
            out.number(in.u32(at + 4));
            out.name("pdmc_type");
            out.number(in.u16(at + 8));
            int addressBytes = in.u16(at + 10);
            out.name("pdmc_alen");
            out.number(addressBytes);
            out.name("pdmc_addr");
            out.hex(in.bytes(at + 12, Math.min(addressBytes, 32)));
            out.endObject();
        }
    }
}
