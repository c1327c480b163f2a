package dev.sockreel.procnet;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.address.NetlinkAddress;
import dev.sockreel.address.UnixAddress;
import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests each table in both byte orders, and damaged texts. */
class ProcTablesTest {
    private static final int ESTABLISHED = 1;
    private static final int SYN_RECV = 3;
    private static final int FIN_WAIT2 = 5;
    private static final int TIME_WAIT = 6;
    private static final int CLOSE = 7;
    private static final int CLOSE_WAIT = 8;
    private static final int LISTEN = 10;

    private static ProcNet read(String table, ByteOrder order, ProcTextBuilder text) {
        return ProcNet.parse("/proc/net/" + table, text.toBytes(), order);
    }

    private static ProcSocket one(String table, ByteOrder order, ProcTextBuilder text) {
        ProcNet read = read(table, order, text);
        assertEquals(0, read.notUnderstood());
        assertEquals(1, read.sockets().size());
        return read.sockets().getFirst();
    }

    static Stream<Arguments> inetTables() {
        return Stream.of(LITTLE_ENDIAN, BIG_ENDIAN).flatMap(order -> Stream.of(
                Arguments.of("tcp", order, "10.1.2.3", "192.168.254.1", "10.1.2.3:20001", "192.168.254.1:443", "tcp",
                        6),
                Arguments.of("tcp6", order, "::1", "2001:db8::f00d:1", "[::1]:20001", "[2001:db8::f00d:1]:443", "tcp",
                        6),
                Arguments.of("tcp6", order, "::ffff:1.2.3.4", "::ffff:5.6.7.8", "[::ffff:1.2.3.4]:20001",
                        "[::ffff:5.6.7.8]:443", "tcp", 6),
                Arguments.of("udp", order, "127.0.0.1", "0.0.0.0", "127.0.0.1:20001", "0.0.0.0:443", "udp", 17),
                Arguments.of("udp6", order, "fe80::1:2", "::", "[fe80::1:2]:20001", "[::]:443", "udp", 17),
                Arguments.of("udplite", order, "1.2.3.4", "0.0.0.0", "1.2.3.4:20001", "0.0.0.0:443", "udplite", 136),
                Arguments.of("udplite6", order, "::2", "::", "[::2]:20001", "[::]:443", "udplite", 136),
                Arguments.of("raw", order, "1.2.3.4", "0.0.0.0", "1.2.3.4:20001", "0.0.0.0:443", "raw", 255),
                Arguments.of("raw6", order, "::2", "::", "[::2]:20001", "[::]:443", "raw", 255),
                Arguments.of("icmp", order, "1.2.3.4", "0.0.0.0", "1.2.3.4:20001", "0.0.0.0:443", "icmp", 1),
                Arguments.of("icmp6", order, "::2", "::", "[::2]:20001", "[::]:443", "icmp6", 58)));
    }

    @ParameterizedTest
    @MethodSource("inetTables")
    void inet(String table, ByteOrder order, String local, String peer, String localText, String peerText, String netid,
            int protocol) {
        boolean tcp = protocol == 6;
        ProcSocket s = one(table, order, ProcTextBuilder.inet(order).socket(
                local, 20001, peer, 443, tcp ? ESTABLISHED : CLOSE, 0x1234, 0x89abcdefL, 0, 1000, 4711, tcp ? -1 : 77));
        assertEquals(List.of(netid, localText, peerText, tcp ? "ESTAB" : "UNCONN", 4711L, 1000L),
                List.of(s.netid(), String.valueOf(s.local()), String.valueOf(s.peer()), s.state(), s.inode(), s.uid()));
        assertEquals(tcp ? new Queue.SequenceBytes(0x89abcdefL) : new Queue.MemoryBytes(0x89abcdefL), s.recvQ());
        assertEquals(tcp ? new Queue.SequenceBytes(0x1234) : new Queue.MemoryBytes(0x1234), s.sendQ());
        assertEquals(tcp ? Socket.UNKNOWN : 77, s.drops());
        assertEquals(protocol, s.protocol());
        assertEquals(table.endsWith("6") ? 10 : 2, s.family());
        assertEquals(Unknown.FROM_PROC, s.unknown().get("cookie"));
        assertEquals(Unknown.FROM_PROC, s.unknown().get("ifindex"), "the table does not say what it is bound to");
    }

    /** The kernel prints zeros for these values without measuring them. */
    @Test
    void miniSocketsHaveNoQueuesAndNoOwner() {
        for (int[] kind : new int[][] {{TIME_WAIT, 3}, {SYN_RECV, 1}, {FIN_WAIT2, 3}}) {
            ProcSocket s = one("tcp", LITTLE_ENDIAN, ProcTextBuilder.inet(LITTLE_ENDIAN).socket(
                    "127.0.0.1", 1, "127.0.0.1", 2, kind[0], 0, 0, kind[1], 0, 0, -1));
            assertEquals(Queue.NOT_MEASURED, s.recvQ());
            assertEquals(Queue.NOT_MEASURED, s.sendQ());
            assertEquals(Socket.UNKNOWN, s.uid());
            for (String field : List.of("recvQ", "sendQ", "unread", "waiting", "uid")) {
                assertEquals(Unknown.NO_SUCH_MEASURE, s.unknown().get(field), field);
            }
        }
    }

    @Test
    void finWait2OfALivingSocketIsMeasured() {
        ProcSocket s = one("tcp", LITTLE_ENDIAN, ProcTextBuilder.inet(LITTLE_ENDIAN).socket(
                "127.0.0.1", 1, "127.0.0.1", 2, FIN_WAIT2, 0, 5, 0, 0, 99, -1));
        assertEquals(new Queue.SequenceBytes(5), s.recvQ());
        assertEquals(0, s.uid());
    }

    /** A socket without an inode has no uid; the zero is not root's. */
    @Test
    void withoutAnInodeAZeroUidIsNotRoots() {
        assertEquals(Socket.UNKNOWN, one("tcp", LITTLE_ENDIAN, ProcTextBuilder.inet(LITTLE_ENDIAN).socket(
                "127.0.0.1", 1, "127.0.0.1", 2, ESTABLISHED, 0, 10, 0, 0, 0, -1)).uid());
        assertEquals(33, one("tcp", LITTLE_ENDIAN, ProcTextBuilder.inet(LITTLE_ENDIAN).socket(
                "127.0.0.1", 1, "127.0.0.1", 2, ESTABLISHED, 0, 10, 0, 33, 0, -1)).uid());
    }

    @Test
    void aListenerHasItsPendingAndNoLimit() {
        ProcSocket s = one("tcp", LITTLE_ENDIAN,
                ProcTextBuilder.inet(LITTLE_ENDIAN).socket("0.0.0.0", 22, "0.0.0.0", 0, LISTEN, 0, 3, 0, 0, 99, -1));
        assertEquals(new Queue.PendingConnections(3), s.recvQ());
        assertEquals(new Queue.NotKnown(Queue.Meaning.BACKLOG_LIMIT, Unknown.FROM_PROC), s.sendQ());
        assertEquals(Unknown.FROM_PROC, s.unknown().get("sendQ"));
    }

    @Test
    void anEofIsCountedAndNoEofIsUnknown() {
        ProcSocket six = one("tcp", LITTLE_ENDIAN, ProcTextBuilder.inet(LITTLE_ENDIAN).tcp(CLOSE_WAIT, 6, 9));
        assertEquals(5, six.unread().orElseThrow());
        assertEquals(true, six.eofUnread());
        ProcSocket none = one("tcp", LITTLE_ENDIAN, ProcTextBuilder.inet(LITTLE_ENDIAN).tcp(CLOSE_WAIT, 0, 9));
        assertNull(none.eofUnread());
        assertTrue(none.unknown().containsKey("eofUnread"));
    }

    @Test
    void packetAndNetlink() {
        ProcNet packet = read("packet", LITTLE_ENDIAN, ProcTextBuilder.packet()
                .packet(3, 3, 0, 0, 0, 11).packet(2, 0x806, 5, 3072, 1000, 12));
        assertEquals(0, packet.notUnderstood());
        assertEquals(List.of("p_raw *:* 0", "p_dgr [2054]:* 5"),
                packet.sockets().stream().map(s -> s.netid() + " " + s.local() + " " + s.ifindex()).toList());
        assertEquals(new Queue.MemoryBytes(3072), packet.sockets().get(1).recvQ());
        assertEquals(1000, packet.sockets().get(1).uid());
        ProcNet netlink = read("netlink", LITTLE_ENDIAN, ProcTextBuilder.netlink()
                .netlink(0, 142, 17664, 1, 0, 21).netlink(15, 0xffffffffL, 0, 0, 20, 22)
                .netlink(0, 3055112232L, 0, 0, 0, 23));
        assertEquals(List.of("0:142 0", "15:* 20", "0:-1239855064 0"),
                netlink.sockets().stream().map(s -> s.local() + " " + s.drops()).toList());
        assertEquals(new Queue.MemoryBytes(17664), netlink.sockets().getFirst().recvQ());
        assertNull(netlink.sockets().getFirst().peer());
        assertEquals(Unknown.FROM_PROC, netlink.sockets().getFirst().unknown().get("peer"));
    }

    /** The kernel calls it connecting; it is a connection that nobody has accepted. */
    @Test
    void anUnacceptedUnixConnectionIsEstablishedAndNobodys() {
        ProcSocket s = one("unix", LITTLE_ENDIAN, ProcTextBuilder.unix().unix(0, 1, 2, 0, "/run/x.sock"));
        assertEquals(List.of("u_str", "ESTAB", "/run/x.sock", 0L),
                List.of(s.netid(), s.state(), String.valueOf(s.local()), s.inode()));
        assertEquals(Unknown.FROM_PROC, s.unknown().get("recvQ"));
    }

    @Test
    void namesWithNewlinesDoNotDerailTheLinesAfterThem() {
        ProcTextBuilder text = ProcTextBuilder.unix()
                .unix(0x10000, 1, 1, 1, "@a\nb")
                .unix(0, 2, 1, 2, "@\n\n\nends with them\n\n")
                .unix(0, 1, 3, 3, "")
                .unix(0, 5, 3, 4, "/tmp/sl  local_address rem\nNum       RefCount")
                .unix(0, 1, 3, 5, "/tmp/last");
        ProcNet read = read("unix", LITTLE_ENDIAN, text);
        assertEquals(0, read.notUnderstood());
        assertEquals(
                Arrays.asList("1 @a\\x0ab", "2 @\\x0a\\x0a\\x0aends with them\\x0a\\x0a", "3 null",
                        "4 /tmp/sl  local_address rem\\x0aNum       RefCount", "5 /tmp/last"),
                read.sockets().stream().map(s -> s.inode() + " " + s.local()).toList());
    }

    /** The columns of kernels before 2.6.30, before 2.6.37 and before 3.13, with port ids as signed numbers. */
    @ParameterizedTest
    @CsvSource(nullValues = "none", delimiter = '|', value = {
        "ffff81045e20fc00 0   3714   00000001 0        0        0000000000000000 2|3714|-1|-1",
        "ddf0c800 15  -4116  00000001 0        0        00000000 2|-4116|-1|-1",
        "ffff88001eb47800 6   -2147483648 00000000 16 0      (null) 2        0       |-2147483648|-1|0",
        "ffff88001eb47800 6   -1     00000000 0        0        (null) 2        7       |-1|-1|7",
        "0000000000000000 0   4195573 00000000 0        0        0000000000000000 2        3        11034   |4195573|11034|3",
        "0000000000000000 0   4294963180 00000000 0      0        0        2        0        8       |-4116|8|0"
    })
    void netlinkTablesOfOldKernels(String row, int portId, long inode, long drops) {
        ProcSocket s = one("netlink", LITTLE_ENDIAN, ProcTextBuilder.netlink().line(row));
        assertEquals(List.of(portId, inode, drops),
                List.of(((NetlinkAddress) Objects.requireNonNull(s.local())).portId(), s.inode(), s.drops()));
        assertEquals(inode < 0 ? Unknown.FROM_PROC : null, s.unknown().get("inode"));
        assertEquals(drops < 0 ? Unknown.FROM_PROC : null, s.unknown().get("drops"));
    }

    /** A row of a newer kernel that lost its end is not taken for one of an older kernel. */
    @ParameterizedTest
    @ValueSource(strings = {
        "0000000000000000 0   5      00000000 0        0        0        2        0",
        "0000000000000000 0   5      00000000 0        0        0        2",
        "0000000000000000 0   5      00000000 0        0        0000000000000000",
        "0000000000000000 0   4294967296 00000000 0    0        0        2        0        8",
        "0000000000000000 0   -2147483649 00000000 0   0        0        2        0        8",
        "0000000000000000 0   -      00000000 0        0        0        2        0        8"
    })
    void netlinkRowsOfNoKernel(String row) {
        ProcNet read = read("netlink", LITTLE_ENDIAN, ProcTextBuilder.netlink().line(row));
        assertEquals(List.of(), read.sockets());
        assertEquals(1, read.notUnderstood());
    }

    @Test
    void aCopyWithCarriageReturnsIsRead() {
        String text = new String(ProcTextBuilder.unix().unix(0, 1, 3, 7, "/a").toBytes(), StandardCharsets.US_ASCII);
        ProcNet read = ProcNet.parse("/proc/net/unix", text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII),
                LITTLE_ENDIAN);
        assertEquals(List.of(new UnixAddress("/a", false)), read.sockets().stream().map(ProcSocket::local).toList());
        assertEquals(new TableShape(false, true, 0, false), read.shape());
    }

    @Test
    void theShapeOfACutTableIsKnown() {
        byte[] whole = ProcTextBuilder.unix().unix(0, 1, 3, 7, "/a").toBytes();
        int heading = new String(whole, StandardCharsets.US_ASCII).indexOf('\n') + 1;
        assertEquals(new TableShape(true, false, 0, false), shape(new byte[0]));
        assertEquals(new TableShape(false, true, 0, false), shape(whole));
        assertEquals(new TableShape(false, true, 0, true), shape(Arrays.copyOf(whole, whole.length - 1)));
        assertEquals(new TableShape(false, false, 0, false), shape(Arrays.copyOfRange(whole, heading, whole.length)));
        assertEquals(new TableShape(false, false, 1, false), shape(Arrays.copyOfRange(whole, 4, whole.length)));
    }

    private static TableShape shape(byte[] text) {
        return ProcNet.parse("/proc/net/unix", text, LITTLE_ENDIAN).shape();
    }

    /** Only the rest of a name is joined: a row without a name takes nothing, nor does an inet table. */
    @Test
    void strayLinesAreCountedAndSpoilNoRow() {
        ProcNet unix = read("unix", LITTLE_ENDIAN,
                ProcTextBuilder.unix().unix(0, 1, 3, 3, "").line("stray").unix(0, 1, 3, 4, "/a").line("x".repeat(120)));
        assertEquals(2, unix.notUnderstood());
        assertEquals(Arrays.asList(null, new UnixAddress("/a", false)),
                unix.sockets().stream().map(ProcSocket::local).toList());
        ProcNet tcp = read("tcp", LITTLE_ENDIAN, ProcTextBuilder.inet(LITTLE_ENDIAN)
                .line("stray").tcp(ESTABLISHED, 9, 1).line("  1: 0100007F:0050 0100007F:1388 01 00000000")
                .tcp(LISTEN, 0, 2));
        assertEquals(2, tcp.notUnderstood());
        assertEquals(List.of(1L, 2L), tcp.sockets().stream().map(ProcSocket::inode).toList());
    }

    /** The last number of a cut line may be incomplete: {@code 1049} of {@code 10499}. */
    @Test
    void aLastLineWithoutAnEndIsNoRow() {
        byte[] whole = ProcTextBuilder.unix().unix(0, 1, 3, 10499, "").unix(0, 1, 3, 10500, "").toBytes();
        for (int cut = 1; cut < 60; cut++) {
            ProcNet read = ProcNet.parse("/proc/net/unix", Arrays.copyOf(whole, whole.length - cut), LITTLE_ENDIAN);
            assertTrue(Set.of(10499L, 10500L).containsAll(read.sockets().stream().map(ProcSocket::inode).toList()),
                    "cut " + cut + ": " + read);
        }
        assertEquals(1,
                ProcNet.parse("/proc/net/unix", Arrays.copyOf(whole, whole.length - 1), LITTLE_ENDIAN).notUnderstood());
    }

    @Test
    void aTableWithoutItsHeadingLosesNoRow() {
        String text =
                new String(ProcTextBuilder.inet(LITTLE_ENDIAN).tcp(LISTEN, 0, 7).toBytes(), StandardCharsets.US_ASCII);
        byte[] headless = text.substring(text.indexOf('\n') + 1).getBytes(StandardCharsets.US_ASCII);
        assertEquals(1, ProcNet.parse("/proc/net/tcp", headless, LITTLE_ENDIAN).sockets().size());
    }

    @Test
    void pointersMayBeHiddenOrNotYetHashed() {
        for (String pointer : List.of("0000000000000000", "(____ptrval____)", "(ptrval)", "f00dcafe")) {
            assertEquals(17, one("unix", LITTLE_ENDIAN, ProcTextBuilder.unix()
                    .line(pointer + ": 00000002 00000000 00000000 0001 03 17 /a")).inode(), pointer);
        }
    }

    /** Two million lines could each continue the previous name; the work must stay linear. */
    @Test
    void endlessNewlinesEnd() {
        byte[] text = Arrays.copyOf(ProcTextBuilder.unix().unix(0, 1, 3, 1, "@x").toBytes(), 2_000_000);
        Arrays.fill(text, ProcTextBuilder.unix().unix(0, 1, 3, 1, "@x").toBytes().length, text.length, (byte) '\n');
        ProcNet read = ProcNet.parse("/proc/net/unix", text, LITTLE_ENDIAN);
        assertEquals(1, read.sockets().size());
        assertTrue(read.notUnderstood() > 1_900_000);
        assertTrue(String.valueOf(read.sockets().getFirst().local()).length() <= 4 * 108);
    }

    /** Every line of this host's tables is understood. */
    @Test
    void theTablesOfThisHost() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/net/unix")), "needs Linux");
        for (String table : ProcNet.tables()) {
            Path file = Path.of("/proc/self/net", table);
            if (Files.isReadable(file)) {
                byte[] text = Files.readAllBytes(file);
                ProcNet read = ProcNet.parse("/proc/net/" + table, text, ByteOrder.nativeOrder());
                long lines = new String(text, StandardCharsets.ISO_8859_1).lines().count() - 1;
                assertEquals(0, read.notUnderstood(), table);
                assertFalse(read.sockets().size() > lines, table);
                if (!table.equals("unix")) {
                    assertEquals(lines, read.sockets().size(), table);
                }
            }
        }
    }
}
