package dev.sockreel.sockdiag;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.Shape;
import dev.sockreel.sockdiag.attribute.Shapes;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;
import dev.sockreel.sockdiag.attribute.ValueSink;

/**
 * {@code struct smc_diag_msg} (uapi/linux/smc_diag.h) and its attributes.
 *
 * <pre>
 *  0 family state mode shutdown   4 inet_diag_sockid (48)   52 uid   56 inode (8)   64
 * </pre>
 */
final class SmcFamily extends SocketFamily {
    private static final StructTable HEADER = StructTable.of(StructKind.SMC_DIAG_MSG)
            .u8("diag_family")
            .u8("diag_state")
            .u8("diag_mode")
            .u8("diag_shutdown")
            .skip(48)
            .u32("diag_uid")
            .u64("diag_inode");

    /** The connection's data. Its cursors are structs: two reserved bytes, wrap, count. */
    private static final StructTable CONNINFO = cursors(cursors(StructTable.of(StructKind.SMC_DIAG_CONNINFO)
            .u32("token")
            .u32("sndbuf_size")
            .u32("rmbe_size")
            .u32("peer_rmbe_size"), "rx_prod", "rx_cons", "tx_prod", "tx_cons")
            .u8("rx_prod_flags")
            .u8("rx_conn_state_flags")
            .u8("tx_prod_flags")
            .u8("tx_conn_state_flags"), "tx_prep", "tx_sent", "tx_fin");

    private static final StructTable DMBINFO = StructTable.of(StructKind.SMCD_DIAG_DMBINFO)
            .u32("linkid")
            .u64("peer_gid")
            .u64("my_gid")
            .u64("token")
            .u64("peer_token");

    private static final StructTable FALLBACK = StructTable.of(StructKind.SMC_DIAG_FALLBACK)
            .u32("reason")
            .u32("peer_diagnosis");

    private static final AttributeTable ATTRIBUTES = new AttributeTable()
            .row(1, "SMC_DIAG_CONNINFO", CONNINFO, 1)
            .row(2, "SMC_DIAG_LGRINFO", new LgrInfoShape(), 1 << 1)
            .row(3, "SMC_DIAG_SHUTDOWN", Shapes.U8, 0, StructKind.SHUTDOWN)
            .row(4, "SMC_DIAG_DMBINFO", DMBINFO, 1 << 3)
            .row(5, "SMC_DIAG_FALLBACK", FALLBACK, 0);

    private static StructTable cursors(StructTable table, String... names) {
        for (String name : names) {
            table.skip(2).u16(name + ".wrap").u32(name + ".count");
        }
        return table;
    }

    /**
     * The shape of {@code struct smc_diag_lgrinfo}: link_id u8, ibname[64], ibport u8, gid[40], peer_gid[40], then role
     * u8.
     */
    private static final class LgrInfoShape implements Shape {
        private static final int BYTES = 147;

        @Override
        public boolean fits(WireReader in, int at, int bytes) {
            return bytes >= BYTES;
        }

        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            out.beginObject();
            out.name("link_id");
            out.number(in.u8(at));
            text("ibname", in, at + 1, 64, out);
            out.name("ibport");
            out.number(in.u8(at + 65));
            text("gid", in, at + 66, 40, out);
            text("peer_gid", in, at + 106, 40, out);
            out.name("role");
            out.number(in.u8(at + 146));
            out.endObject();
        }

        private static <E extends Exception> void text(String name, WireReader in, int at, int bytes, ValueSink<E> out)
                throws E {
            out.name(name);
            out.text(Shapes.text(in, at, bytes));
        }
    }

    static final SmcFamily INSTANCE = new SmcFamily();

    private SmcFamily() {
        super(Family.AF_SMC, HEADER, ATTRIBUTES);
    }

    /** The kernel overwrites diag_family with that of the TCP socket below. */
    @Override
    boolean canBeginWith(int firstByte) {
        return firstByte == Family.AF_SMC || firstByte == 0 || Family.isInet(firstByte);
    }

    @Override
    String netid(DiagSocket s) {
        return "smc";
    }

    /**
     * Returns the state's number. SMC_ACTIVE, SMC_INIT, SMC_CLOSED and SMC_LISTEN have TCP's numbers; SMC's own begin
     * at 20.
     */
    @Override
    int stateNumber(DiagSocket s) {
        return s.in().u8(s.header() + 1);
    }

    @Override
    long uid(DiagSocket s) {
        return s.in().u32(s.header() + 52);
    }

    @Override
    int ifindex(DiagSocket s) {
        return s.in().s32(s.header() + 40);
    }

    @Override
    SocketAddress local(DiagSocket s) {
        return address(s, 8, 4);
    }

    @Override
    SocketAddress peer(DiagSocket s) {
        return address(s, 24, 6);
    }

    /** diag_family is that of the TCP socket below, when there is one. */
    private static SocketAddress address(DiagSocket s, int addressAt, int portAt) {
        int at = s.header() + addressAt;
        int port = s.in().be16(s.header() + portAt);
        return s.in().u8(s.header()) == Family.AF_INET6
                ? InetEndpoint.readIpv6(s.in(), at, port) : InetEndpoint.readIpv4(s.in(), at, port);
    }
}
