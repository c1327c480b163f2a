package dev.sockreel.sockdiag;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.address.AddressText;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.NetlinkDiagMsgBuilder;
import dev.sockreel.fixtures.PacketDiagMsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Decodes unix, netlink and packet sockets from builders whose constants are typed from the uapi headers. */
class UnixValuesTest {
    static Stream<ByteOrder> orders() {
        return Stream.of(LITTLE_ENDIAN, BIG_ENDIAN);
    }

    private static DiagSocket decode(ByteOrder order, UnixDiagMsgBuilder m) {
        return CapturedSockets.decode(DumpRequest.ofFamilyId("unix"), order, m.toBytes());
    }

    private static @Nullable String name(byte[] sunPath) {
        return AddressText.orNull(decode(LITTLE_ENDIAN, UnixDiagMsgBuilder.in(LITTLE_ENDIAN).name(sunPath)).local());
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void names() {
        assertEquals("/run/x.sock", name(bytes("/run/x.sock\0")));
        assertEquals("/run/x.sock", name(bytes("/run/x.sock\0garbage")));
        assertEquals("@", name(bytes("\0")));
        assertEquals("@abstract", name(bytes("\0abstract")));
        assertEquals("@in\\x00ner\\x00", name(bytes("\0in\0ner\0")));
        assertEquals("/a\\x0ab\\x5cc\\xff\\x7f d", name(bytes("/a\nb\\c\u00ff\u007f d")));
        assertEquals("/münchen", name("/münchen\0".getBytes(StandardCharsets.UTF_8)));
        assertNull(name(new byte[0]));
        byte[] full = new byte[108];
        Arrays.fill(full, (byte) 'L');
        full[0] = '/';
        assertEquals("/" + "L".repeat(107), name(full));
        // A relative path must not look like an abstract name.
        assertEquals("\\x40x", name(bytes("@x\0")));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, UNREAD_BYTES, MEMORY_BYTES, u_str",
        "5, 1, UNREAD_BYTES, MEMORY_BYTES, u_seq",
        "2, 7, FIRST_DATAGRAM_BYTES, MEMORY_BYTES, u_dgr",
        "1, 10, PENDING_CONNECTIONS, BACKLOG_LIMIT, u_str",
        "5, 10, PENDING_CONNECTIONS, BACKLOG_LIMIT, u_seq"})
    void queues(int type, int state, Queue.Meaning recv, Queue.Meaning send, String netid) {
        for (ByteOrder order : orders().toList()) {
            DiagSocket s = decode(order, UnixDiagMsgBuilder.in(order).type(type).state(state).rqlen(12, 768));
            assertEquals(netid, s.netid());
            assertEquals(recv, s.recvQ().meaning());
            assertEquals(send, s.sendQ().meaning());
            assertEquals(12, s.recvQ().kernelNumber());
            assertEquals(768, s.sendQ().kernelNumber());
            DiagSocket without = decode(order, UnixDiagMsgBuilder.in(order).type(type).state(state));
            assertEquals(new Queue.NotKnown(recv, Unknown.ATTRIBUTE_ABSENT), without.recvQ());
            assertEquals(new Queue.NotKnown(send, Unknown.ATTRIBUTE_ABSENT), without.sendQ());
        }
    }

    @Test
    void anEmptyFirstDatagramShowsNothing() {
        DiagSocket s = decode(LITTLE_ENDIAN, UnixDiagMsgBuilder.in(LITTLE_ENDIAN).type(2).state(7)
                .cookie(1).rqlen(0, 0).uid(5));
        assertNull(s.waiting());
        assertEquals(Map.of("unread", Unknown.NO_SUCH_MEASURE, "waiting", Unknown.NO_SUCH_MEASURE), s.unknown());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void allAttributes(ByteOrder order) {
        DiagSocket s = decode(order, UnixDiagMsgBuilder.in(order).state(1).inode(0xfffffff0L).cookie(1L << 40 | 3)
                .name(bytes("\0a")).vfs(77, 8 << 20 | 1).peer(0).icons(5, 0xffffffffL).rqlen(9, 10)
                .meminfo(1, 2, 3).shutdown(2).uid(1000)
                .attributes(a -> a.bytes(40, new byte[] {1})));
        assertEquals(0xfffffff0L, s.inode());
        assertEquals(1L << 40 | 3, s.cookie());
        assertEquals(0, s.peerInode());
        assertEquals(77, s.fileInode());
        assertEquals(8 << 20 | 1, s.fileDevice());
        assertEquals(1000, s.uid());
        assertEquals(Map.of(), s.unknown());
        assertEquals("{\"UNIX_DIAG_NAME\":\"@a\",\"UNIX_DIAG_VFS\":{\"udiag_vfs_ino\":77,\"udiag_vfs_dev\":8388609},"
                + "\"UNIX_DIAG_PEER\":0,\"UNIX_DIAG_ICONS\":[5,4294967295],"
                + "\"UNIX_DIAG_RQLEN\":{\"udiag_rqueue\":9,\"udiag_wqueue\":10},"
                + "\"UNIX_DIAG_MEMINFO\":{\"SK_MEMINFO_RMEM_ALLOC\":1,\"SK_MEMINFO_RCVBUF\":2,"
                + "\"SK_MEMINFO_WMEM_ALLOC\":3},\"UNIX_DIAG_SHUTDOWN\":2,\"UNIX_DIAG_UID\":1000,\"40\":\"#01\"}",
                JsonText.of(s));
    }

    @Test
    void whatWasNotAskedForIsNotCalledAbsent() {
        DumpRequest request = requireNonNull(DumpRequest.parse(
                DiagRequest.unix(LITTLE_ENDIAN, 1 << 10, 0, 0x8, 0).toBytes(), LITTLE_ENDIAN));
        assertEquals("unix-icons", request.familyId());
        DiagSocket s = CapturedSockets.decode(request, LITTLE_ENDIAN,
                UnixDiagMsgBuilder.in(LITTLE_ENDIAN).type(1).state(1).cookie(1).toBytes());
        Unknown not = Unknown.NOT_REQUESTED;
        assertEquals(Map.of("recvQ", not, "sendQ", not, "unread", not, "waiting", not, "uid", not, "local", not,
                "peer", not, "peerInode", not, "fileInode", not, "fileDevice", not), s.unknown());
    }

    @Test
    void aShortRqlenIsCutOff() {
        DiagSocket s = decode(LITTLE_ENDIAN, UnixDiagMsgBuilder.in(LITTLE_ENDIAN).state(1)
                .attributes(a -> a.u32(Uapi.UNIX_DIAG_RQLEN, 9)));
        assertEquals(new Queue.UnreadBytes(9), s.recvQ());
        assertEquals(new Queue.NotKnown(Queue.Meaning.MEMORY_BYTES, Unknown.CUT_OFF), s.sendQ());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void netlink(ByteOrder order) {
        DiagSocket s = CapturedSockets.decode(DumpRequest.ofFamilyId("netlink"), order, NetlinkDiagMsgBuilder.in(order)
                .protocol(15).portid(0xccc7fcaaL).inode(3).cookie(9).meminfo(1, 2, 3, 4, 5, 6, 7, 8, 20).toBytes());
        assertEquals("nl UNCONN 15:-859308886 * sk:9", s.toString());
        assertEquals(new Queue.MemoryBytes(1), s.recvQ());
        assertEquals(new Queue.MemoryBytes(3), s.sendQ());
        assertEquals(20, s.value(SkMemInfo.DROPS).getAsLong());
        assertEquals(Unknown.NO_SUCH_MEASURE, s.unknown().get("uid"));
        DiagSocket connected = CapturedSockets.decode(DumpRequest.ofFamilyId("netlink"), order,
                NetlinkDiagMsgBuilder.in(order).portid(0xffffffffL).state(1).destination(7, 2).toBytes());
        assertEquals("0:*", AddressText.orNull(connected.local()));
        assertEquals("2:7", AddressText.orNull(connected.peer()));
        assertEquals(new Queue.NotKnown(Queue.Meaning.MEMORY_BYTES, Unknown.ATTRIBUTE_ABSENT), connected.recvQ());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void packet(ByteOrder order) {
        DumpRequest request = requireNonNull(DumpRequest.parse(DiagRequest.packet(order, 0x1).toBytes(), order));
        DiagSocket s = CapturedSockets.decode(request, order, PacketDiagMsgBuilder.in(order).toBytes());
        assertEquals(new Queue.NotKnown(Queue.Meaning.MEMORY_BYTES, Unknown.NOT_REQUESTED), s.recvQ());
        assertEquals(Queue.NONE, s.sendQ());
        assertEquals("*", AddressText.orNull(s.peer()));
        assertEquals(Unknown.ATTRIBUTE_ABSENT, s.unknown().get("uid"));
    }
}
