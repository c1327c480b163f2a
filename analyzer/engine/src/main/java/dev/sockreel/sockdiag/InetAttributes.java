package dev.sockreel.sockdiag;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.InetEndpoint;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.CongestionInfo;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.Shape;
import dev.sockreel.sockdiag.attribute.Shapes;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The INET_DIAG_* attributes (uapi/linux/inet_diag.h) and the ones nested in them (tls.h, mptcp.h, tcp.h). */
final class InetAttributes {
    /** sizeof(struct tcp_diag_md5sig): family, prefixlen, keylen, addr[16], key[80]. */
    private static final int TCP_DIAG_MD5SIG_BYTES = 100;
    private static final int TCPM_KEY = 20;

    private static final StructTable MEMINFO = StructTable.of(StructKind.INET_DIAG_MEMINFO)
            .u32("idiag_rmem")
            .u32("idiag_wmem")
            .u32("idiag_fmem")
            .u32("idiag_tmem");

    private static final StructTable SOCKOPT = StructTable.of(StructKind.INET_DIAG_SOCKOPT)
            .bits("recverr", 1, "is_icsk", 1, "freebind", 1, "hdrincl", 1,
                    "mc_loop", 1, "transparent", 1, "mc_all", 1, "nodefrag", 1)
            .bits("bind_address_no_port", 1, "recverr_rfc4884", 1, "defer_connect", 1, "unused", 5);

    private static final AttributeTable TLS_INFO = new AttributeTable()
            .row(1, "TLS_INFO_VERSION", Shapes.U16, 0)
            .row(2, "TLS_INFO_CIPHER", Shapes.U16, 0)
            .row(3, "TLS_INFO_TXCONF", Shapes.U16, 0)
            .row(4, "TLS_INFO_RXCONF", Shapes.U16, 0)
            .row(5, "TLS_INFO_ZC_RO_TX", Shapes.FLAG, 0)
            .row(6, "TLS_INFO_RX_NO_PAD", Shapes.FLAG, 0)
            .row(7, "TLS_INFO_TX_MAX_PAYLOAD_LEN", Shapes.U16, 0);

    private static final AttributeTable MPTCP_SUBFLOW = new AttributeTable()
            .row(1, "MPTCP_SUBFLOW_ATTR_TOKEN_REM", Shapes.U32, 0)
            .row(2, "MPTCP_SUBFLOW_ATTR_TOKEN_LOC", Shapes.U32, 0)
            .row(3, "MPTCP_SUBFLOW_ATTR_RELWRITE_SEQ", Shapes.U32, 0)
            .row(4, "MPTCP_SUBFLOW_ATTR_MAP_SEQ", Shapes.U64, 0)
            .row(5, "MPTCP_SUBFLOW_ATTR_MAP_SFSEQ", Shapes.U32, 0)
            .row(6, "MPTCP_SUBFLOW_ATTR_SSN_OFFSET", Shapes.U32, 0)
            .row(7, "MPTCP_SUBFLOW_ATTR_MAP_DATALEN", Shapes.U16, 0)
            .row(8, "MPTCP_SUBFLOW_ATTR_FLAGS", Shapes.U32, 0)
            .row(9, "MPTCP_SUBFLOW_ATTR_ID_REM", Shapes.U8, 0)
            .row(10, "MPTCP_SUBFLOW_ATTR_ID_LOC", Shapes.U8, 0)
            .row(11, "MPTCP_SUBFLOW_ATTR_PAD", AttributeTable.PADDING, 0);

    static final int INET_ULP_INFO_NAME = 1;

    private static final AttributeTable ULP_INFO = new AttributeTable()
            .row(INET_ULP_INFO_NAME, "INET_ULP_INFO_NAME", Shapes.TEXT, 0)
            .row(2, "INET_ULP_INFO_TLS", Shapes.nested(TLS_INFO), 0)
            .row(3, "INET_ULP_INFO_MPTCP", Shapes.nested(MPTCP_SUBFLOW), 0);

    /** BPF storages (uapi/linux/sock_diag.h); the value's layout is the BPF program's own. */
    private static final AttributeTable BPF_STORAGE = new AttributeTable()
            .row(1, "SK_DIAG_BPF_STORAGE_PAD", AttributeTable.PADDING, 0)
            .row(2, "SK_DIAG_BPF_STORAGE_MAP_ID", Shapes.U32, 0)
            .row(3, "SK_DIAG_BPF_STORAGE_MAP_VALUE", Shapes.HEX, 0);

    /** Returns the idiag_ext bit of an attribute. */
    private static long ext(int attribute) {
        return 1L << (attribute - 1);
    }

    /**
     * Creates a protocol's table.
     *
     * @param info the struct in INET_DIAG_INFO, null when the protocol has none
     */
    static AttributeTable table(@Nullable StructTable info) {
        AttributeTable table = new AttributeTable()
                .row(InetDiagMsg.INET_DIAG_MEMINFO, "INET_DIAG_MEMINFO", MEMINFO, ext(1))
                .row(InetDiagMsg.INET_DIAG_VEGASINFO, "INET_DIAG_VEGASINFO", CongestionInfo.VEGAS, ext(3))
                .row(InetFamily.INET_DIAG_CONG, "INET_DIAG_CONG", Shapes.TEXT, ext(4))
                .row(5, "INET_DIAG_TOS", Shapes.U8, ext(5), StructKind.TOS)
                .row(6, "INET_DIAG_TCLASS", Shapes.U8, ext(6), StructKind.TCLASS)
                .row(7, "INET_DIAG_SKMEMINFO", SkMemInfo.TABLE, ext(7))
                .row(8, "INET_DIAG_SHUTDOWN", Shapes.U8, 0, StructKind.SHUTDOWN)
                .row(InetDiagMsg.INET_DIAG_DCTCPINFO, "INET_DIAG_DCTCPINFO", CongestionInfo.DCTCP, ext(3))
                .row(10, "INET_DIAG_PROTOCOL", Shapes.U8, 0, StructKind.PROTOCOL)
                .row(InetFamily.INET_DIAG_SKV6ONLY, "INET_DIAG_SKV6ONLY", Shapes.U8, 0, StructKind.SKV6ONLY)
                .row(InetDiagMsg.INET_DIAG_LOCALS, "INET_DIAG_LOCALS", Shapes.SOCKADDRS, 0)
                .row(InetDiagMsg.INET_DIAG_PEERS, "INET_DIAG_PEERS", Shapes.SOCKADDRS, 0)
                .row(14, "INET_DIAG_PAD", AttributeTable.PADDING, 0)
                .row(15, "INET_DIAG_MARK", Shapes.U32, 0, StructKind.MARK)
                .row(InetDiagMsg.INET_DIAG_BBRINFO, "INET_DIAG_BBRINFO", CongestionInfo.BBR, ext(3))
                .row(17, "INET_DIAG_CLASS_ID", Shapes.U32, ext(6), StructKind.CLASS_ID)
                .row(InetDiagMsg.INET_DIAG_MD5SIG, "INET_DIAG_MD5SIG", new Md5SigShape(), 0)
                .row(InetFamily.INET_DIAG_ULP_INFO, "INET_DIAG_ULP_INFO", Shapes.nested(ULP_INFO), 0)
                .row(20, "INET_DIAG_SK_BPF_STORAGES", Shapes.nestedList(BPF_STORAGE), 0)
                .row(21, "INET_DIAG_CGROUP_ID", Shapes.U64, 0, StructKind.CGROUP_ID)
                .row(22, "INET_DIAG_SOCKOPT", SOCKOPT, 0);
        return info == null
                ? table.row(InetDiagMsg.INET_DIAG_INFO, "INET_DIAG_INFO", Shapes.HEX, ext(2))
                : table.row(InetDiagMsg.INET_DIAG_INFO, "INET_DIAG_INFO", info, ext(2));
    }

    /** The addresses and lengths of TCP-MD5 keys; never a key, nor hex that might hold a part of one. */
    private static final class Md5SigShape implements Shape {
        @Override
        public List<String> names() {
            return List.of("tcpm_family", "tcpm_prefixlen", "tcpm_keylen", "tcpm_addr");
        }

        @Override
        public boolean fits(WireReader in, int at, int bytes) {
            return true;
        }

        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            out.beginArray();
            for (int i = at; i + TCPM_KEY <= at + bytes; i += TCP_DIAG_MD5SIG_BYTES) {
                writeOne(in, i, out);
            }
            out.endArray();
        }

        private static <E extends Exception> void writeOne(WireReader in, int at, ValueSink<E> out) throws E {
            int family = in.u8(at);
            InetEndpoint address = family == Family.AF_INET
                    ? InetEndpoint.readIpv4(in, at + 4, 0) : InetEndpoint.readIpv6(in, at + 4, 0);
            out.beginObject();
            out.name("tcpm_family");
            out.number(family);
            out.name("tcpm_prefixlen");
            out.number(in.u8(at + 1));
            out.name("tcpm_keylen");
            out.number(in.u16(at + 2));
            out.name("tcpm_addr");
            out.text(AddressText.bare(address));
            out.endObject();
        }
    }

    private InetAttributes() {}
}
