package dev.sockreel.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NetlinkDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.PacketDiagMsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests kinds and attributes that no capture has; expected texts are typed from the manual of ss. */
class SsOtherKindsTest {
    private static final int AF_TIPC = 30;
    private static final long ALL_STATES = 0xffffffffL;

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(LITTLE_ENDIAN);
    }

    private static NlmsgBuilder message(byte[] body) {
        return NlmsgBuilder.socket(LITTLE_ENDIAN).seq(1).body(body);
    }

    private static NlmsgBuilder request(byte[] body) {
        return NlmsgBuilder.of(LITTLE_ENDIAN, Uapi.SOCK_DIAG_BY_FAMILY)
                .flags(Uapi.NLM_F_REQUEST | Uapi.NLM_F_DUMP).seq(1).body(body);
    }

    /** Returns the lines with single spaces. */
    private static List<String> ss(Path reel, String... options) {
        return CommandRun.of(reel, "ss", options).exits(0).out().lines()
                .map(l -> (l.startsWith("\t") ? "\t" : "") + l.strip().replaceAll("\\s+", " "))
                .toList();
    }

    @Test
    void xdpShowsItsRings() throws IOException {
        byte[] req = bytes(20).put(0, (byte) Uapi.AF_XDP).putInt(8, 0x1f).array();
        byte[] body = bytes(16).put(0, (byte) Uapi.AF_XDP).put(1, (byte) 3).putInt(4, 77).putInt(8, 5).array();
        byte[] umem = bytes(48).putLong(65536).putInt(3).putInt(16).putInt(4096).putInt(0).putInt(2).putInt(1)
                .putInt(1).putInt(1).array();
        byte[] stats = bytes(48).putLong(6).putLong(5).putLong(4).putLong(3).putLong(2).putLong(1).array();
        Path reel = new SyntheticLog("xdp.reel").dump("xdp", request(req), message(body).attributes(a -> a
                .u32(1, 2, 1).u32(2, 1000).u32(3, 2048).u32(4, 1024).bytes(5, umem).u32(6, 512).u32(7, 256)
                .u32(8, 100, 200, 300, 400, 0, 0, 0, 0, 7).bytes(9, stats)).toBytes()).reel();
        assertEquals(List.of(
                "UNCONN 100 300 if2:q1 * uid:1000 ino:77 sk:5",
                "\trx(entries:2048)", "\ttx(entries:1024)",
                "\tumem(id:3,size:65536,num_pages:16,chunk_size:4096,headroom:0,ifindex:2,qid:1,zc:1,refs:1)",
                "\tfr(entries:512)", "\tcr(entries:256)",
                "\tstats(rx dropped:6,rx invalid:5,rx queue full:4,rx fill ring empty:3,tx invalid:2,tx ring empty:1)"
                        + " skmem:(r100,rb200,t300,tb400,f0,w0,o0,bl0,d7)"),
                ss(reel, "-H", "--xdp", "-aem"));
        assertEquals(1, ss(reel, "-H", "--xdp", "-aemO").size());
    }

    @Test
    void tipcShowsNodesAndMessages() throws IOException {
        byte[] req = bytes(24).put(0, (byte) AF_TIPC).putInt(4, -1).array();
        byte[] plain = NlmsgBuilder.socket(LITTLE_ENDIAN).seq(1).attributes(m -> m.nested(2 | Uapi.NLA_F_NESTED, s -> s
                .u32(1, 16_781_313).u32(2, 4711).u32(6, 4).u32(7, 900).u32(8, 0).u32(9, 10).u64(10, 17)
                .nested(5, q -> q.u32(0, 3).u32(1, 4).u32(4, 2)).bytes(4, new byte[0]))).toBytes();
        byte[] connected = NlmsgBuilder.socket(LITTLE_ENDIAN).seq(1)
                .attributes(m -> m.nested(2 | Uapi.NLA_F_NESTED, s -> s
                        .u32(1, 16_781_313).u32(2, 4712).u32(6, 1).u32(7, 901).u32(8, 5).u32(9, 1).u64(10, 18)
                        .nested(3, c -> c.bytes(1, new byte[0]).u32(2, 99).u32(3, 4713).u32(4, 18888).u32(5, 17))
                        .nested(5, q -> q.u32(0, 0).u32(1, 0).bytes(3, new byte[0]).u32(4, 0))))
                .toBytes();
        Path reel = new SyntheticLog("tipc.reel").dump("tipc", request(req), plain, connected).reel();
        assertEquals(List.of(
                "LISTEN 3 4 16781313:4711 - ino:900 sk:11", "type:RDM cong:none drop:2 publ",
                "ESTAB 0 0 16781313:4712 99:4713 uid:5 ino:901 sk:12", "type:STREAM cong:conn drop:0 via {18888,17}"),
                ss(reel, "-H", "--tipc", "-ae", "--tipcinfo"));
    }

    @Test
    void packetSocketsShowTheirFilters() throws IOException {
        byte[] filter = bytes(16).putShort((short) 0x28).put((byte) 0).put((byte) 0).putInt(12)
                .putShort((short) 6).put((byte) 1).put((byte) 2).putInt(-1).array();
        byte[] socket =
                PacketDiagMsgBuilder.in(LITTLE_ENDIAN).header(h -> h.seq(1)).type(3).num(0x0806).inode(7).cookie(8)
                        .info(0, 2, 0, 0, 0, 0x1d).meminfo(5, 6, 7, 8, 0, 0, 0, 0, 0)
                        .attributes(a -> a.bytes(Uapi.PACKET_DIAG_FILTER, filter)).toBytes();
        Path reel =
                new SyntheticLog("filter.reel").dump("packet", DiagRequest.packet(LITTLE_ENDIAN, 0x3f), socket).reel();
        assertEquals(List.of(
                "p_raw UNCONN 5 ? [2054]:* * ino:7 sk:8", "\tver:2 cpy_thresh:0 flags( running origdev vnethdr loss )",
                "\tbpf filter (2): 0x28 0 0 12, 0x06 1 2 4294967295,"),
                List.of(ss(reel, "-H0aneb").get(0).replaceFirst("^UNCONN", "p_raw UNCONN"), ss(reel, "-H0aneb").get(1),
                        ss(reel, "-H0aneb").get(2)));
        assertEquals("arp:*", ss(reel, "-H0a").getFirst().split(" ", -1)[4]);
    }

    @Test
    void netlinkIsUnconnEvenWhenConnected() throws IOException {
        byte[] socket = NetlinkDiagMsgBuilder.in(LITTLE_ENDIAN).header(h -> h.seq(1)).protocol(0).state(1).portid(42)
                .destination(7, 3).inode(9).cookie(5).meminfo(1, 2, 3, 4, 0, 0, 0, 0, 0)
                .groups(bytes(8).putLong(0x8000_0011L).array()).toBytes();
        Path reel = new SyntheticLog("netlink.reel")
                .dump("netlink", DiagRequest.netlink(LITTLE_ENDIAN, 255, 0xf), socket).reel();
        assertEquals(List.of("UNCONN 1 3 0:42 3:7 sk=? cb=? groups=0x80000011 skmem:(r1,rb2,t3,tb4,f0,w0,o0,bl0,d0)"),
                ss(reel, "-Hanem", "-f", "netlink"));
        assertEquals("rtnl:42", ss(reel, "-Ha", "-A", "netlink").getFirst().split(" ", -1)[3]);
    }

    @Test
    void theFileOfAUnixSocketIsOnItsDevice() throws IOException {
        byte[] socket =
                UnixDiagMsgBuilder.in(LITTLE_ENDIAN).header(h -> h.seq(1)).state(10).inode(11).cookie(5).rqlen(0, 8)
                        .name("/run/a".getBytes(UTF_8)).vfs(66, 8L << 20 | 1).icons(12, 13).shutdown(1)
                        .toBytes();
        Path reel = new SyntheticLog("vfs.reel")
                .dump("unix", DiagRequest.unix(LITTLE_ENDIAN, ALL_STATES, 0, 0x7f, 0), socket).reel();
        assertEquals(List.of("u_str LISTEN 0 8 /run/a 11 * 0 --> ino:66 dev:8/1 peers: 12 13"), ss(reel, "-Hxae"));
    }

    /** Builds struct mptcp_info of 96 bytes (Linux 6.10), with values numbered in the uapi header's order. */
    @Test
    void mptcpCountersAreDecimal() throws IOException {
        ByteBuffer info = bytes(96).put((byte) 1).put((byte) 2).put((byte) 3).put((byte) 4).put((byte) 5).put((byte) 6);
        info.putInt(8, 3).putInt(12, 0xabcdef).putLong(16, -1L).putLong(24, 100).putLong(32, 200).put(40, (byte) 7)
                .put(41, (byte) 8).put(42, (byte) 1).putInt(44, 9).putLong(48, 10).putLong(56, 11).putLong(64, 12)
                .putLong(72, 13).put(80, (byte) 14).put(81, (byte) 15).putInt(84, 16).putInt(88, 17).putInt(92, 18);
        byte[] bytes = new byte[96];
        info.get(0, bytes);
        byte[] socket =
                InetDiagMsgBuilder.in(LITTLE_ENDIAN).header(h -> h.seq(1)).local("10.0.0.1", 80).remote("10.0.0.2", 99)
                        .cookie(3).inode(4).attributes(a -> a.bytes(Uapi.INET_DIAG_INFO, bytes)).toBytes();
        NlmsgBuilder request =
                DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_MPTCP & 0xff, 0xff, ALL_STATES)
                        .attributes(a -> a.u32(Uapi.INET_DIAG_REQ_PROTOCOL, Uapi.IPPROTO_MPTCP));
        Path reel = new SyntheticLog("mptcp.reel").dump("mptcp4", request, socket).reel();
        assertEquals(List.of(
                "ESTAB 0 0 10.0.0.1:80 10.0.0.2:99",
                "\tsubflows:1 add_addr_signal:2 add_addr_accepted:3 subflows_max:4 add_addr_signal_max:5"
                        + " add_addr_accepted_max:6 fallback remote_key token:abcdef write_seq:18446744073709551615"
                        + " snd_una:100 rcv_nxt:200 local_addr_used:7 local_addr_max:8 csum_enabled:1 retransmits:9"
                        + " bytes_retrans:10 bytes_sent:11 bytes_received:12 bytes_acked:13 subflows_total:14"
                        + " endp_laminar_max:15 last_data_sent:16 last_data_recv:17 last_ack_recv:18"),
                ss(reel, "-HMain"));
    }

    /** A key that was masked is not printed as one. */
    @Test
    void keysAreUnknown() throws IOException {
        byte[] keys =
                bytes(200).put(0, (byte) 2).put(1, (byte) 32).putShort(2, (short) 3).put(4, (byte) 10).put(7, (byte) 9)
                        .put(100, (byte) 2).put(101, (byte) 24).putShort(102, (short) 3).put(104, (byte) 10).array();
        byte[] socket = InetDiagMsgBuilder.in(LITTLE_ENDIAN).header(h -> h.seq(1)).state(10).local("10.0.0.1", 179)
                .remote("0.0.0.0", 0).cookie(3).inode(4).attributes(a -> a.bytes(Uapi.INET_DIAG_MD5SIG, keys))
                .toBytes();
        Path reel = new SyntheticLog("md5.reel").dump("tcp4",
                DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, ALL_STATES), socket).reel();
        assertEquals("\tmd5keys:10.0.0.9/32=?,10.0.0.0/24=?", ss(reel, "-Hltni").get(1));
    }

    private static final NlmsgBuilder TCP4 =
            DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, ALL_STATES);

    private static InetDiagMsgBuilder tcp(int state) {
        return InetDiagMsgBuilder.in(LITTLE_ENDIAN).header(h -> h.seq(1)).state(state).local("10.0.0.1", 80)
                .remote("10.0.0.2", 81).cookie(3).inode(4);
    }

    @Test
    void aCgroupIsItsId() throws IOException {
        byte[] socket = tcp(1).attributes(a -> a.u64(Uapi.INET_DIAG_CGROUP_ID, 0x1a2)).toBytes();
        Path reel = new SyntheticLog("cgroup.reel").dump("tcp4", TCP4, socket).reel();
        assertEquals(List.of("ESTAB 0 0 10.0.0.1:80 10.0.0.2:81 ino:4 sk:3 cgroup:unreachable:1a2"), ss(reel, "-Htne"));
        assertEquals(List.of("ESTAB 0 0 10.0.0.1:80 10.0.0.2:81 cgroup:unreachable:1a2"), ss(reel, "-Htn", "--cgroup"));
    }

    /** 80 bytes end before tcpi_reordering. */
    @Test
    void anOldKernelsStructIsShort() throws IOException {
        byte[] socket = tcp(1).info(TcpInfoBuilder.ofLength(80).set("tcpi_pmtu", 1500)).toBytes();
        Path reel = new SyntheticLog("short.reel").dump("tcp4", TCP4, socket).reel();
        assertEquals("\tpmtu:1500", ss(reel, "-Htni").get(1));
    }

    @Test
    void whatSsHasNoNameFor() throws IOException {
        byte[] req = bytes(24).put(0, (byte) Uapi.AF_VSOCK).putInt(4, -1).array();
        byte[] vsock =
                bytes(32).put((byte) Uapi.AF_VSOCK).put((byte) 5).put((byte) 1).put((byte) 0).putInt(-1).putInt(1024)
                        .putInt(2).putInt(99).putInt(7).putInt(8).putInt(0).array();
        Path reel = new SyntheticLog("nameless.reel").dump("vsock", request(req), message(vsock).toBytes())
                .dump("tcp4", TCP4, tcp(13).toBytes()).reel();
        assertEquals(List.of("v_seq ESTAB ? ? *:1024 2:99"), ss(reel, "-Ha", "--vsock"));
        assertEquals(List.of("BOUND-INACTIVE 0 0 10.0.0.1:80 10.0.0.2:81"), ss(reel, "-Htan"));
        assertEquals(List.of("0 0 10.0.0.1:80 10.0.0.2:81"), ss(reel, "-HtBn"));
    }
}
