package dev.sockreel.sockdiag;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes inet sockets from builders whose constants are typed from the uapi headers. */
class InetValuesTest {
    static Stream<ByteOrder> orders() {
        return Stream.of(LITTLE_ENDIAN, BIG_ENDIAN);
    }

    private static DiagSocket decode(String family, ByteOrder order, InetDiagMsgBuilder message) {
        return CapturedSockets.decode(DumpRequest.ofFamilyId(family), order, message.toBytes());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void allOfTheHeader(ByteOrder order) {
        DiagSocket s = decode("tcp4", order, InetDiagMsgBuilder.in(order)
                .state(Uapi.TCP_CLOSE_WAIT).timer(4).retrans(2)
                .local("127.0.0.1", 20001).remote("10.200.30.4", 65535)
                .ifindex(7).cookie(0x8877665544332211L).expiresMs(1500)
                .queues(10, 0xfffffffeL).uid(0xfffffffeL).inode(0xffffffffL));
        assertEquals("tcp", s.netid());
        assertEquals("CLOSE-WAIT", s.state());
        assertEquals("127.0.0.1:20001", AddressText.orNull(s.local()));
        assertEquals("10.200.30.4:65535", AddressText.orNull(s.peer()));
        assertEquals(7, s.ifindex());
        assertEquals(0x8877665544332211L, s.cookie());
        assertEquals(new Queue.SequenceBytes(10), s.recvQ());
        assertEquals(new Queue.SequenceBytes(0xfffffffeL), s.sendQ());
        assertEquals(OptionalLong.of(9), s.unread());
        assertEquals(0xfffffffeL, s.uid());
        assertEquals(0xffffffffL, s.inode());
        assertEquals(OptionalLong.of(4), s.value(InetDiagMsg.TIMER));
        assertEquals(OptionalLong.of(1500), s.value(InetDiagMsg.EXPIRES_MS));
        assertTrue(s.unknown().isEmpty(), s.unknown().toString());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void tcpInfoFieldByField(ByteOrder order) {
        List<String> fields = TcpInfoBuilder.fields().stream()
                .filter(f -> TcpInfoBuilder.offsetOf(f) < 276).toList();
        assertEquals(fields, TcpInfo.fields().stream().map(StructField::name).toList());
        for (StructField field : TcpInfo.fields()) {
            long value = field.bits() > 0 ? 1L << (field.bits() - 1) : 0x80L;
            DiagSocket s = decode("tcp4", order, InetDiagMsgBuilder.in(order)
                    .info(TcpInfoBuilder.ofLength(280).set(field.name(), value)));
            assertEquals(OptionalLong.of(value), s.value(field), field.name());
            for (StructField other : TcpInfo.fields()) {
                assertEquals(OptionalLong.of(other.equals(field) ? value : 0), s.value(other), field + " " + other);
            }
        }
    }

    /** The length decides which fields exist; a field that is cut does not. */
    @ParameterizedTest
    @MethodSource("orders")
    void tcpInfoOfEveryLength(ByteOrder order) {
        for (int length = 0; length <= 300; length++) {
            DiagSocket s = decode("tcp6", order, InetDiagMsgBuilder.in(order).family(Uapi.AF_INET6)
                    .info(TcpInfoBuilder.ofLength(length).fill(0xff)));
            for (StructField field : TcpInfo.fields()) {
                assertEquals(field.offset() + field.bytes() <= length, s.value(field).isPresent(), field.name());
            }
            assertEquals(length > 276, JsonText.of(s).contains("\"@276\":\"#"), "length " + length);
        }
        assertEquals(Unknown.ATTRIBUTE_ABSENT, decode("tcp4", order, InetDiagMsgBuilder.in(order)
                .info(TcpInfoBuilder.ofLength(144))).whyUnknown(TcpInfo.SND_WND));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void sevenEightAndNineWordsOfMemory(ByteOrder order) {
        long[] words = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        for (int count = 7; count <= 9; count++) {
            DiagSocket s = decode("udp4", order,
                    InetDiagMsgBuilder.in(order).skmeminfo(Arrays.copyOf(words, count)));
            assertEquals(OptionalLong.of(7), s.value(SkMemInfo.OPTMEM));
            assertEquals(count > 7 ? OptionalLong.of(8) : OptionalLong.empty(), s.value(SkMemInfo.BACKLOG));
            assertEquals(count > 8 ? OptionalLong.of(9) : OptionalLong.empty(), s.value(SkMemInfo.DROPS));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp4, 10, PENDING_CONNECTIONS, BACKLOG_LIMIT",
        "tcp4, 1, SEQUENCE_BYTES, SEQUENCE_BYTES",
        "tcp4, 6, NOT_MEASURED, NOT_MEASURED",
        "tcp4, 3, NOT_MEASURED, NOT_MEASURED",
        "tcp4, 12, NOT_MEASURED, NOT_MEASURED",
        "tcp, 10, PENDING_CONNECTIONS, BACKLOG_LIMIT",
        "udp4, 7, MEMORY_BYTES, MEMORY_BYTES",
        "udp4, 10, MEMORY_BYTES, MEMORY_BYTES",
        "udplite4, 1, MEMORY_BYTES, MEMORY_BYTES",
        "raw4, 7, MEMORY_BYTES, MEMORY_BYTES",
        "mptcp4, 1, MEMORY_BYTES, MEMORY_BYTES",
        "mptcp4, 10, PENDING_CONNECTIONS, BACKLOG_LIMIT",
        "sctp4, 10, PENDING_CONNECTIONS, BACKLOG_LIMIT",
        "sctp4, 1, NOT_MEASURED, NOT_MEASURED",
        "dccp4, 1, NOT_MEASURED, NOT_MEASURED",
    })
    void queuesByProtocolAndState(String family, int state, Queue.Meaning recv, Queue.Meaning send) {
        DiagSocket s = decode(family, LITTLE_ENDIAN,
                InetDiagMsgBuilder.in(LITTLE_ENDIAN).state(state).queues(3, 4));
        assertEquals(recv, s.recvQ().meaning());
        assertEquals(send, s.sendQ().meaning());
        assertEquals(s.recvQ().kernelNumber(), s.recvQNumber());
        assertEquals(s.sendQ().kernelNumber(), s.sendQNumber());
    }

    @Test
    void anSctpAssociationHasStatesOfItsOwn() {
        String[] names = {"CLOSED", "COOKIE_WAIT", "COOKIE_ECHOED", "ESTAB", "SHUTDOWN_PENDING", "SHUTDOWN_SENT",
            "SHUTDOWN_RECEIVED", "ACK_SENT", "state-8"};
        int[] tcp = {7, 2, 2, 1, 4, 5, 8, 9, 8};
        for (int state = 0; state < names.length; state++) {
            DiagSocket s = decode("sctp4", BIG_ENDIAN, InetDiagMsgBuilder.in(BIG_ENDIAN).state(state).queues(249, 7)
                    .attributes(a -> a.bytes(Uapi.INET_DIAG_PEERS, new byte[128])));
            assertEquals(names[state], s.state());
            assertEquals(tcp[state], s.stateNumber());
            assertEquals(new Queue.MemoryBytes(249), s.recvQ());
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 0, true,", "8, 1, true, 0", "9, 2, true, 1", "11, 78, true, 77", "1, 5, false, 5",
        "5, 1, false, 1"})
    void eof(int state, long recvQ, boolean fin, Long unread) {
        DiagSocket s =
                decode("tcp4", LITTLE_ENDIAN, InetDiagMsgBuilder.in(LITTLE_ENDIAN).state(state).queues(recvQ, 0));
        Boolean eof = !fin ? Boolean.FALSE : recvQ > 0 ? Boolean.TRUE : null;
        assertEquals(eof, s.eofUnread());
        assertEquals(unread == null ? 0 : unread, s.unread().getAsLong());
        assertEquals(eof == null, s.unknown().containsKey("eofUnread"));
        // The memory of mptcp does not show it.
        DiagSocket m =
                decode("mptcp4", LITTLE_ENDIAN, InetDiagMsgBuilder.in(LITTLE_ENDIAN).state(state).queues(recvQ, 0));
        assertEquals(fin ? null : Boolean.FALSE, m.eofUnread());
    }

    @ParameterizedTest
    @CsvSource({
        "::, 20062, 0, *:20062", "::, 20062, 1, [::]:20062", "::, 20062, -1, [::]:20062", "::, 0, 0, *:*",
        "::1, 1, 0, [::1]:1", "fe80::1:0:0:1, 5, 1, [fe80::1:0:0:1]:5", "1:0:0:2:0:0:0:3, 5, 1, [1:0:0:2::3]:5",
        "2001:db8::1, 0, -1, [2001:db8::1]:*", "0:0:0:0:0:0:1:2, 1, 1, [::0.1.0.2]:1",
        "1:2:3:4:5:6:7:8, 9, 1, [1:2:3:4:5:6:7:8]:9", "1:0:3:4:5:6:7:8, 9, 1, [1:0:3:4:5:6:7:8]:9",
        "1::, 9, 1, [1::]:9"
    })
    void ipv6(String address, int port, int v6only, String text) {
        InetDiagMsgBuilder m = InetDiagMsgBuilder.in(BIG_ENDIAN).family(Uapi.AF_INET6)
                .local(address, port).remote(address, port);
        if (v6only >= 0) {
            m.attributes(a -> a.u8(Uapi.INET_DIAG_SKV6ONLY, v6only));
        }
        DiagSocket s = decode("tcp6", BIG_ENDIAN, m);
        assertEquals(text, AddressText.orNull(s.local()));
        assertEquals(text, AddressText.orNull(s.peer()));
    }

    @Test
    void mappedAddress() {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 127;
        mapped[15] = 1;
        DiagSocket s = decode("tcp6", LITTLE_ENDIAN, InetDiagMsgBuilder.in(LITTLE_ENDIAN).family(Uapi.AF_INET6)
                .addressBytes(mapped, mapped).ports(20062, 1));
        assertEquals("[::ffff:127.0.0.1]:20062", AddressText.orNull(s.local()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void attributesByName(ByteOrder order) {
        DiagSocket s = decode("tcp4", order, InetDiagMsgBuilder.in(order).attributes(a -> a
                .text(Uapi.INET_DIAG_CONG, "cubic")
                .u8(Uapi.INET_DIAG_TOS, 0x48)
                .u32(Uapi.INET_DIAG_MARK | Uapi.NLA_F_NET_BYTEORDER, 0x1234)
                .u64(Uapi.INET_DIAG_CGROUP_ID, -2)
                .bytes(Uapi.INET_DIAG_PAD, new byte[0])
                .bytes(4000, new byte[] {1, (byte) 0xff})
                .bytes(63, new byte[] {2})
                .bytes(Uapi.INET_DIAG_SHUTDOWN, new byte[3])
                .nested(Uapi.INET_DIAG_ULP_INFO | Uapi.NLA_F_NESTED, n -> n
                        .text(1, "tls")
                        .nested(2 | Uapi.NLA_F_NESTED, t -> t.u16(1, 0x304).bytes(5, new byte[0])))));
        assertEquals("{\"INET_DIAG_CONG\":\"cubic\",\"INET_DIAG_TOS\":72,\"INET_DIAG_MARK\":4660,"
                + "\"INET_DIAG_CGROUP_ID\":18446744073709551614,\"4000\":\"#01ff\",\"63\":\"#02\","
                + "\"INET_DIAG_SHUTDOWN\":\"#000000\",\"INET_DIAG_ULP_INFO\":{\"INET_ULP_INFO_NAME\":\"tls\","
                + "\"INET_ULP_INFO_TLS\":{\"TLS_INFO_VERSION\":772,\"TLS_INFO_ZC_RO_TX\":1}}}", JsonText.of(s));
        assertEquals("tls", s.ulp());
        assertEquals(OptionalLong.of(0x1234), s.value(InetDiagMsg.MARK));
        assertEquals(OptionalLong.of(-2), s.value(InetDiagMsg.CGROUP_ID));
        assertEquals(JsonText.of(s), JsonText.of(s.hold()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void socketOptionBitsFollowTheHostsOrder(ByteOrder order) {
        boolean little = order == LITTLE_ENDIAN;
        // The first two bits are recverr and is_icsk; the third of the second byte is defer_connect.
        byte[] bits = {(byte) (little ? 0b10 : 0b0100_0000), (byte) (little ? 0b100 : 0b0010_0000)};
        String json = JsonText.of(decode("tcp4", order,
                InetDiagMsgBuilder.in(order).attributes(a -> a.bytes(Uapi.INET_DIAG_SOCKOPT, bits))));
        assertTrue(json.contains("\"recverr\":0,\"is_icsk\":1,\"freebind\":0"), json);
        assertTrue(json.contains("\"recverr_rfc4884\":0,\"defer_connect\":1,\"unused\":0"), json);
    }

    @Test
    void anMd5KeyIsNeverShown() {
        byte[] sig = new byte[200];
        Arrays.fill(sig, (byte) 'K');
        for (int at = 0; at < 200; at += 100) {
            sig[at] = 2;
            sig[at + 1] = 32;
            sig[at + 2] = 9;
            sig[at + 3] = 0;
            sig[at + 4] = 10;
        }
        String json = JsonText.of(decode("tcp4", LITTLE_ENDIAN,
                InetDiagMsgBuilder.in(LITTLE_ENDIAN).attributes(a -> a.bytes(Uapi.INET_DIAG_MD5SIG, sig))));
        String one = "{\"tcpm_family\":2,\"tcpm_prefixlen\":32,\"tcpm_keylen\":9,\"tcpm_addr\":\"10.75.75.75\"}";
        assertEquals("{\"INET_DIAG_MD5SIG\":[" + one + "," + one + "]}", json);
    }

    /** An MD5SIG whose length is no multiple of the struct might still hold a key. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 50, 99, 101, 150})
    void norIsACutOne(int length) {
        byte[] sig = new byte[length];
        for (int i = 0; i < length; i++) {
            sig[i] = (byte) (i % 100 < 20 ? 0 : 0x4b);
        }
        String json = JsonText.of(decode("tcp4", LITTLE_ENDIAN,
                InetDiagMsgBuilder.in(LITTLE_ENDIAN).attributes(a -> a.bytes(Uapi.INET_DIAG_MD5SIG, sig))));
        assertFalse(json.contains("4b4b"), json);
    }

    @Test
    void infoIsTheProtocolsOwnStruct() {
        byte[] info = new byte[48];
        info[0] = 5;
        info[47] = 9;
        InetDiagMsgBuilder m = InetDiagMsgBuilder.in(LITTLE_ENDIAN)
                .attributes(a -> a.bytes(Uapi.INET_DIAG_INFO, info));
        DiagSocket mptcp = decode("mptcp4", LITTLE_ENDIAN, m);
        assertEquals(OptionalLong.empty(), mptcp.value(TcpInfo.RTO));
        assertTrue(JsonText.of(mptcp).contains("\"mptcpi_subflows\":5"));
        // Structs of 44 and 48 bytes end in padding, not in counters of newer kernels.
        assertFalse(JsonText.of(mptcp).contains("mptcpi_retransmits"), JsonText.of(mptcp));
        assertEquals(OptionalLong.of(0), decode("tcp4", LITTLE_ENDIAN, m).value(TcpInfo.RTO));
        assertTrue(JsonText.of(decode("udp4", LITTLE_ENDIAN, m)).startsWith("{\"INET_DIAG_INFO\":\"#05"));
    }

    @Test
    void notRequestedAbsentAndCut() {
        InetDiagMsgBuilder m = InetDiagMsgBuilder.in(LITTLE_ENDIAN);
        DumpRequest without = parse(DiagRequest.inet(LITTLE_ENDIAN, 2, 6, 1 << 6, 0xfff).toBytes());
        DumpRequest with = parse(DiagRequest.inet(LITTLE_ENDIAN, 2, 6, 1 << 1, 0xfff).toBytes());
        StructField field = TcpInfo.BYTES_RECEIVED;
        assertEquals(Unknown.NOT_REQUESTED,
                CapturedSockets.decode(without, LITTLE_ENDIAN, m.toBytes()).whyUnknown(field));
        assertEquals(Unknown.ATTRIBUTE_ABSENT,
                CapturedSockets.decode(with, LITTLE_ENDIAN, m.toBytes()).whyUnknown(field));
        // The request of an import is unknown.
        assertEquals(Unknown.ATTRIBUTE_ABSENT, decode("tcp4", LITTLE_ENDIAN, m).whyUnknown(field));
        byte[] broken = InetDiagMsgBuilder.in(LITTLE_ENDIAN)
                .attributes(a -> a.lying(Uapi.INET_DIAG_INFO, 3, new byte[8])).toBytes();
        DiagSocket s = CapturedSockets.decode(with, LITTLE_ENDIAN, broken);
        assertTrue(s.attributesBroken());
        assertEquals(Unknown.CUT_OFF, s.whyUnknown(field));
        assertEquals(Unknown.NO_SUCH_MEASURE, decode("udp4", LITTLE_ENDIAN, m).whyUnknown(field));
    }

    @Test
    void ofAnAttributeThatStandsTwiceTheFirstCounts() {
        DiagSocket s = decode("tcp4", LITTLE_ENDIAN, InetDiagMsgBuilder.in(LITTLE_ENDIAN)
                .attributes(a -> a.u32(Uapi.INET_DIAG_MARK, 1).u32(Uapi.INET_DIAG_MARK, 2)));
        assertEquals(OptionalLong.of(1), s.value(InetDiagMsg.MARK));
        assertEquals("{\"INET_DIAG_MARK\":1}", JsonText.of(s));
        assertEquals(OptionalLong.of(1), s.hold().value(InetDiagMsg.MARK));
    }

    @Test
    void noCookieIsUnknown() {
        DiagSocket s = decode("tcp4", LITTLE_ENDIAN, InetDiagMsgBuilder.in(LITTLE_ENDIAN).cookie(-1));
        assertEquals(Socket.NO_COOKIE, s.cookie());
        assertEquals(Unknown.ATTRIBUTE_ABSENT, s.unknown().get("cookie"));
        assertNull(s.ulp());
    }

    private static DumpRequest parse(byte[] bytes) {
        DumpRequest request = DumpRequest.parse(bytes, LITTLE_ENDIAN);
        if (request == null) {
            throw new AssertionError("not parsed");
        }
        return request;
    }
}
