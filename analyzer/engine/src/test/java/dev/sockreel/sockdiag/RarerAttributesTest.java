package dev.sockreel.sockdiag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.address.AddressText;
import dev.sockreel.fixtures.Attributes;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests attributes that no capture has: congestion controls, upper layers, BPF; and smc, tipc, xdp, vsock. */
class RarerAttributesTest {
    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    private static String inet(String family, ByteOrder order, Consumer<Attributes> attributes) {
        return JsonText.of(CapturedSockets.decode(DumpRequest.ofFamilyId(family), order,
                InetDiagMsgBuilder.in(order).attributes(attributes).toBytes()));
    }

    private static DiagSocket socket(String family, ByteOrder order, byte[] header, Consumer<Attributes> attributes) {
        return CapturedSockets.decode(DumpRequest.ofFamilyId(family), order,
                NlmsgBuilder.socket(order).body(header).attributes(attributes).toBytes());
    }

    /** Returns an array of u16 with these values. */
    private static byte[] u16s(ByteOrder order, int... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length).order(order);
        Arrays.stream(values).forEach(v -> out.putShort((short) v));
        return out.array();
    }

    private static byte[] u32s(ByteOrder order, long... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(order);
        Arrays.stream(values).forEach(v -> out.putInt((int) v));
        return out.array();
    }

    private static byte[] u64s(ByteOrder order, long... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(order);
        Arrays.stream(values).forEach(out::putLong);
        return out.array();
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer out = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        Arrays.stream(parts).forEach(out::put);
        return out.array();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void congestionControls(ByteOrder order) {
        assertEquals(
                "{\"INET_DIAG_VEGASINFO\":{\"tcpv_enabled\":1,\"tcpv_rttcnt\":2,\"tcpv_rtt\":3,\"tcpv_minrtt\":4}}",
                inet("tcp4", order, a -> a.u32(Uapi.INET_DIAG_VEGASINFO, 1, 2, 3, 4)));
        assertEquals("{\"INET_DIAG_DCTCPINFO\":{\"dctcp_enabled\":1,\"dctcp_ce_state\":2,\"dctcp_alpha\":3,"
                + "\"dctcp_ab_ecn\":4,\"dctcp_ab_tot\":5}}",
                inet("tcp4", order,
                        a -> a.bytes(Uapi.INET_DIAG_DCTCPINFO, join(u16s(order, 1, 2), u32s(order, 3, 4, 5)))));
        assertEquals("{\"INET_DIAG_BBRINFO\":{\"bbr_bw_lo\":4294967295,\"bbr_bw_hi\":2,\"bbr_min_rtt\":3,"
                + "\"bbr_pacing_gain\":4,\"bbr_cwnd_gain\":5}}",
                inet("tcp6", order, a -> a.u32(Uapi.INET_DIAG_BBRINFO, 0xffffffffL, 2, 3, 4, 5)));
    }

    /** linux/tls.h TLS_INFO_*, linux/mptcp.h MPTCP_SUBFLOW_ATTR_*, in INET_ULP_INFO_NAME 1, _TLS 2, _MPTCP 3. */
    @ParameterizedTest
    @MethodSource("orders")
    void upperLayers(ByteOrder order) {
        assertEquals("{\"INET_DIAG_ULP_INFO\":{\"INET_ULP_INFO_NAME\":\"tls\",\"INET_ULP_INFO_TLS\":{"
                + "\"TLS_INFO_VERSION\":772,\"TLS_INFO_CIPHER\":51,\"TLS_INFO_TXCONF\":1,\"TLS_INFO_RXCONF\":2,"
                + "\"TLS_INFO_ZC_RO_TX\":1}}}",
                inet("tcp4", order, a -> a.nested(Uapi.INET_DIAG_ULP_INFO, u -> u.text(1, "tls").nested(2, t -> t
                        .u16(1, 0x304).u16(2, 51).u16(3, 1).u16(4, 2).bytes(5, new byte[0])))));
        assertEquals("{\"INET_DIAG_ULP_INFO\":{\"INET_ULP_INFO_NAME\":\"mptcp\",\"INET_ULP_INFO_MPTCP\":{"
                + "\"MPTCP_SUBFLOW_ATTR_TOKEN_REM\":7,\"MPTCP_SUBFLOW_ATTR_TOKEN_LOC\":8,"
                + "\"MPTCP_SUBFLOW_ATTR_MAP_SEQ\":18446744073709551615,\"MPTCP_SUBFLOW_ATTR_MAP_DATALEN\":9,"
                + "\"MPTCP_SUBFLOW_ATTR_ID_LOC\":3}}}",
                inet("tcp4", order, a -> a.nested(Uapi.INET_DIAG_ULP_INFO, u -> u.text(1, "mptcp").nested(3, m -> m
                        .u32(1, 7).u32(2, 8).u64(4, -1).u16(7, 9).u8(10, 3)))));
    }

    /** linux/sock_diag.h: one SK_DIAG_BPF_STORAGE (1) per map, with MAP_ID (2) and MAP_VALUE (3). */
    @ParameterizedTest
    @MethodSource("orders")
    void storagesOfBpfPrograms(ByteOrder order) {
        assertEquals("{\"INET_DIAG_SK_BPF_STORAGES\":["
                + "{\"SK_DIAG_BPF_STORAGE_MAP_ID\":41,\"SK_DIAG_BPF_STORAGE_MAP_VALUE\":\"#0102\"},"
                + "{\"SK_DIAG_BPF_STORAGE_MAP_ID\":42,\"SK_DIAG_BPF_STORAGE_MAP_VALUE\":\"#03\"}]}",
                inet("tcp4", order, a -> a.nested(Uapi.INET_DIAG_SK_BPF_STORAGES, s -> s
                        .nested(1, m -> m.u32(2, 41).bytes(3, new byte[] {1, 2}))
                        .nested(1, m -> m.u32(2, 42).bytes(3, new byte[] {3})))));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void cgroupAndSocketOptions(ByteOrder order) {
        // The first bit of a bit-field is the lowest on little-endian hosts and the highest on others.
        byte[] first = {(byte) (order == ByteOrder.LITTLE_ENDIAN ? 0x01 : 0x80), 0};
        assertEquals("{\"INET_DIAG_CGROUP_ID\":18446744073709551615,\"INET_DIAG_SOCKOPT\":{\"recverr\":1,\"is_icsk\":0,"
                + "\"freebind\":0,\"hdrincl\":0,\"mc_loop\":0,\"transparent\":0,\"mc_all\":0,\"nodefrag\":0,"
                + "\"bind_address_no_port\":0,\"recverr_rfc4884\":0,\"defer_connect\":0,\"unused\":0}}",
                inet("tcp4", order, a -> a.u64(Uapi.INET_DIAG_CGROUP_ID, -1).bytes(Uapi.INET_DIAG_SOCKOPT, first)));
    }

    /** linux/smc_diag.h. Cursors: reserved u16, wrap u16, count u32. */
    @ParameterizedTest
    @MethodSource("orders")
    void smc(ByteOrder order) {
        byte[] header = new byte[64];
        header[0] = 43;
        header[1] = 1;
        byte[] cursors = new byte[0];
        for (int i = 1; i <= 4; i++) {
            cursors = join(cursors, u16s(order, 0, i), u32s(order, 10 + i));
        }
        byte[] conninfo = join(u32s(order, 1, 2, 3, 4), cursors, new byte[] {5, 6, 7, 8},
                u16s(order, 0, 21), u32s(order, 31), u16s(order, 0, 22), u32s(order, 32), u16s(order, 0, 23),
                u32s(order, 33));
        byte[] lgrinfo = new byte[147];
        lgrinfo[0] = 1;
        copy("mlx5_0", lgrinfo, 1);
        lgrinfo[65] = 2;
        copy("fe80::1", lgrinfo, 66);
        copy("fe80::2", lgrinfo, 106);
        lgrinfo[146] = 1;
        DiagSocket s = socket("smc", order, header, a -> a.bytes(1, conninfo).bytes(2, lgrinfo)
                .bytes(4, join(u32s(order, 9, 0), u64s(order, 1, 2, 3, 4))).bytes(5, u32s(order, 0x03010000L, 0)));
        assertEquals("{\"SMC_DIAG_CONNINFO\":{\"token\":1,\"sndbuf_size\":2,\"rmbe_size\":3,\"peer_rmbe_size\":4,"
                + "\"rx_prod.wrap\":1,\"rx_prod.count\":11,\"rx_cons.wrap\":2,\"rx_cons.count\":12,\"tx_prod.wrap\":3,"
                + "\"tx_prod.count\":13,\"tx_cons.wrap\":4,\"tx_cons.count\":14,\"rx_prod_flags\":5,"
                + "\"rx_conn_state_flags\":6,\"tx_prod_flags\":7,\"tx_conn_state_flags\":8,\"tx_prep.wrap\":21,"
                + "\"tx_prep.count\":31,\"tx_sent.wrap\":22,\"tx_sent.count\":32,\"tx_fin.wrap\":23,"
                + "\"tx_fin.count\":33},"
                + "\"SMC_DIAG_LGRINFO\":{\"link_id\":1,\"ibname\":\"mlx5_0\",\"ibport\":2,\"gid\":\"fe80::1\","
                + "\"peer_gid\":\"fe80::2\",\"role\":1},"
                + "\"SMC_DIAG_DMBINFO\":{\"linkid\":9,\"peer_gid\":1,\"my_gid\":2,\"token\":3,\"peer_token\":4},"
                + "\"SMC_DIAG_FALLBACK\":{\"reason\":50397184,\"peer_diagnosis\":0}}", JsonText.of(s));
    }

    private static void copy(String text, byte[] into, int at) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }

    /** sctpi_state is a whole u32, of which the kernel uses eight values. */
    @Test
    void sctpStatesWithoutAName() {
        assertEquals("CLOSED", SctpState.name(0));
        assertEquals("ACK_SENT", SctpState.name(7));
        assertEquals("state-8", SctpState.name(8));
        assertEquals("state-3271557120", SctpState.name(3271557120L));
    }

    /** linux/xdp_diag.h: struct xdp_diag_msg is family u8, type u8, pad u16, ino u32, cookie u32[2]. */
    @ParameterizedTest
    @MethodSource("orders")
    void xdp(ByteOrder order) {
        byte[] header = join(new byte[] {(byte) Uapi.AF_XDP, 3, 0, 0}, u32s(order, 77, 5, 0));
        DiagSocket s = socket("xdp", order, header, a -> a.u32(1, 2, 6).u32(2, 1000).u32(3, 2048).u32(4, 1024)
                .bytes(5, join(u64s(order, 1L << 33), u32s(order, 1, 2, 3, 4, 5, 6, 7, 8))).u32(6, 64).u32(7, 128)
                .u32(8, 1, 2, 3, 4, 5, 6, 7, 8, 9).bytes(9, u64s(order, 1, 2, 3, 4, 5, 6)));
        assertEquals(
                "{\"XDP_DIAG_INFO\":{\"ifindex\":2,\"queue_id\":6},\"XDP_DIAG_UID\":1000,\"XDP_DIAG_RX_RING\":2048,"
                        + "\"XDP_DIAG_TX_RING\":1024,\"XDP_DIAG_UMEM\":{\"size\":8589934592,\"id\":1,\"num_pages\":2,"
                        + "\"chunk_size\":3,\"headroom\":4,\"ifindex\":5,\"queue_id\":6,\"flags\":7,\"refs\":8},"
                        + "\"XDP_DIAG_UMEM_FILL_RING\":64,\"XDP_DIAG_UMEM_COMPLETION_RING\":128,\"XDP_DIAG_MEMINFO\":{"
                        + "\"SK_MEMINFO_RMEM_ALLOC\":1,\"SK_MEMINFO_RCVBUF\":2,\"SK_MEMINFO_WMEM_ALLOC\":3,"
                        + "\"SK_MEMINFO_SNDBUF\":4,"
                        + "\"SK_MEMINFO_FWD_ALLOC\":5,\"SK_MEMINFO_WMEM_QUEUED\":6,\"SK_MEMINFO_OPTMEM\":7,"
                        + "\"SK_MEMINFO_BACKLOG\":8,\"SK_MEMINFO_DROPS\":9},\"XDP_DIAG_STATS\":{\"n_rx_dropped\":1,"
                        + "\"n_rx_invalid\":2,\"n_rx_full\":3,\"n_fill_ring_empty\":4,\"n_tx_invalid\":5,"
                        + "\"n_tx_ring_empty\":6}}",
                JsonText.of(s));
        assertEquals(5, s.cookie());
        assertEquals(77, s.inode());
        assertEquals(2, s.ifindex());
        assertEquals("*:q6", AddressText.orNull(s.local()));
    }

    /**
     * linux/vm_sockets_diag.h: family, type, state, shutdown u8; src_cid, src_port, dst_cid, dst_port, ino u32;
     * cookie.
     */
    @ParameterizedTest
    @MethodSource("orders")
    void vsock(ByteOrder order) {
        byte[] header =
                join(new byte[] {(byte) Uapi.AF_VSOCK, 1, 1, 0}, u32s(order, 2, 1234, 3, 0xffffffffL, 99, 8, 1));
        DiagSocket s = socket("vsock", order, header, a -> {});
        assertEquals("v_str", s.netid());
        assertEquals("2:1234", AddressText.orNull(s.local()));
        assertEquals("3:*", AddressText.orNull(s.peer()));
        assertEquals(99, s.inode());
        assertEquals((1L << 32) + 8, s.cookie());
    }

    /** linux/tipc_netlink.h: no header, TIPC_NLA_SOCK (1) is the whole payload. */
    @ParameterizedTest
    @MethodSource("orders")
    void tipc(ByteOrder order) {
        DiagSocket s = socket("tipc", order, new byte[0],
                a -> a.nested(1, t -> t.u32(1, 16).u32(2, 7).u32(6, 1).u32(7, 55)
                        .u32(8, 1000).u32(9, 10).u64(10, 123)
                        .nested(5, q -> q.u32(0, 3).u32(1, 4).u32(4, 5))
                        .nested(12, g -> g.u32(0, 90).bytes(1, new byte[0]).u32(4, 91))));
        assertEquals("ti_st", s.netid());
        assertEquals("16:7", AddressText.orNull(s.local()));
        assertEquals(55, s.inode());
        assertEquals(123, s.cookie());
        assertEquals("{\"TIPC_NLA_SOCK_ADDR\":16,\"TIPC_NLA_SOCK_REF\":7,\"TIPC_NLA_SOCK_TYPE\":1,"
                + "\"TIPC_NLA_SOCK_INO\":55,\"TIPC_NLA_SOCK_UID\":1000,\"TIPC_NLA_SOCK_TIPC_STATE\":10,"
                + "\"TIPC_NLA_SOCK_COOKIE\":123,\"TIPC_NLA_SOCK_STAT\":{\"TIPC_NLA_SOCK_STAT_RCVQ\":3,"
                + "\"TIPC_NLA_SOCK_STAT_SENDQ\":4,\"TIPC_NLA_SOCK_STAT_DROP\":5},\"TIPC_NLA_SOCK_GROUP\":{"
                + "\"TIPC_NLA_SOCK_GROUP_ID\":90,\"TIPC_NLA_SOCK_GROUP_OPEN\":1,\"TIPC_NLA_SOCK_GROUP_INSTANCE\":91}}",
                JsonText.of(s));
    }

    /** linux/mptcp.h: in 6.1 three bytes after rcv_nxt end the struct, padded to 48 bytes on 64-bit hosts, else 44. */
    @ParameterizedTest
    @MethodSource("orders")
    void mptcp(ByteOrder order) {
        byte[] until61 = join(new byte[] {1, 2, 3, 4, 5, 6, 0, 0}, u32s(order, 7, 8), u64s(order, 9, 10, 11),
                new byte[] {12, 13, 14, 0});
        String first = "\"mptcpi_subflows\":1,\"mptcpi_add_addr_signal\":2,\"mptcpi_add_addr_accepted\":3,"
                + "\"mptcpi_subflows_max\":4,\"mptcpi_add_addr_signal_max\":5,\"mptcpi_add_addr_accepted_max\":6,"
                + "\"mptcpi_flags\":7,\"mptcpi_token\":8,\"mptcpi_write_seq\":9,\"mptcpi_snd_una\":10,"
                + "\"mptcpi_rcv_nxt\":11,"
                + "\"mptcpi_local_addr_used\":12,\"mptcpi_local_addr_max\":13,\"mptcpi_csum_enabled\":14";
        for (int length : new int[] {44, 48}) {
            assertEquals("{\"INET_DIAG_INFO\":{" + first + "}}",
                    inet("mptcp4", order, a -> a.bytes(Uapi.INET_DIAG_INFO, Arrays.copyOf(until61, length))));
        }
        byte[] until610 = join(until61, u32s(order, 15), u64s(order, 16, 17, 18, 19), new byte[] {20, 0, 0, 0},
                u32s(order, 21, 22, 23));
        assertEquals(96, until610.length);
        assertEquals("{\"INET_DIAG_INFO\":{" + first + ",\"mptcpi_retransmits\":15,\"mptcpi_bytes_retrans\":16,"
                + "\"mptcpi_bytes_sent\":17,\"mptcpi_bytes_received\":18,\"mptcpi_bytes_acked\":19,"
                + "\"mptcpi_subflows_total\":20,\"mptcpi_last_data_sent\":21,\"mptcpi_last_data_recv\":22,"
                + "\"mptcpi_last_ack_recv\":23}}",
                inet("mptcp4", order, a -> a.bytes(Uapi.INET_DIAG_INFO, until610)));
    }
}
