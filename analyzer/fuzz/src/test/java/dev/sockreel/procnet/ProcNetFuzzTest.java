package dev.sockreel.procnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.fuzz.Allocation;
import dev.sockreel.fuzz.Parts;
import dev.sockreel.fuzz.Seeds;
import dev.sockreel.fuzz.SocketCheck;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the tables of /proc/net, from hosts of either byte order. The first byte chooses the table. */
class ProcNetFuzzTest {
    private static final List<String> INET = List.of("tcp", "udp", "udplite", "raw", "icmp");
    private static final List<String> INET6 = List.of("tcp6", "udp6", "udplite6", "raw6", "icmp6");
    /** The allowance for a line and its objects and strings; a hundred times its length is generous. */
    private static final int BYTES_PER_BYTE = 300;

    static Stream<byte[]> inet() {
        return seeds("tcp", "udp", "raw");
    }

    @MethodSource("inet")
    @FuzzTest
    void inet(byte[] input) {
        check(INET, input);
    }

    static Stream<byte[]> inet6() {
        return seeds("tcp6", "udp6", "raw6");
    }

    @MethodSource("inet6")
    @FuzzTest
    void inet6(byte[] input) {
        check(INET6, input);
    }

    static Stream<byte[]> unix() {
        String odd = "Num       RefCount Protocol Flags    Type St Inode Path\n"
                + "0000000000000000: 00000002 00000000 00000000 0001 03 4711 /tmp/new\nline \u0001\u00c3\u00a9\n"
                + "ffff888000000000: 00000002 00000000 00010000 0005 01     0 @\n";
        return Stream.concat(seeds("unix"), Stream.of(Parts.steered(odd.getBytes(ISO_8859_1), 0)));
    }

    @MethodSource("unix")
    @FuzzTest
    void unix(byte[] input) {
        check(List.of("unix"), input);
    }

    static Stream<byte[]> packet() {
        return seeds("packet");
    }

    @MethodSource("packet")
    @FuzzTest
    void packet(byte[] input) {
        check(List.of("packet"), input);
    }

    static Stream<byte[]> netlink() {
        return seeds("netlink");
    }

    @MethodSource("netlink")
    @FuzzTest
    void netlink(byte[] input) {
        check(List.of("netlink"), input);
    }

    private static Stream<byte[]> seeds(String... tables) {
        return Arrays.stream(tables).map(t -> Parts.steered(Seeds.procText(t, 4), 0));
    }

    private static void check(List<String> tables, byte[] input) {
        if (input.length == 0) {
            return;
        }
        String path = "/proc/net/" + tables.get((input[0] & 0xff) % tables.size());
        byte[] text = Arrays.copyOfRange(input, 1, input.length);
        ProcNet little = parse(path, text, ByteOrder.LITTLE_ENDIAN);
        ProcNet big = parse(path, text, ByteOrder.BIG_ENDIAN);
        assertEquals(little.notUnderstood(), big.notUnderstood());
        assertEquals(little.sockets().size(), big.sockets().size());
        for (int i = 0; i < little.sockets().size(); i++) {
            ProcSocket s = little.sockets().get(i);
            SocketCheck.describe(s);
            SocketCheck.describe(big.sockets().get(i));
            assertEquals(sameButAddresses(s), sameButAddresses(big.sockets().get(i)));
            assertTrue(ProcNet.lists(path, s), "a socket of another table");
        }
        assertTrue(little.sockets().size() + little.notUnderstood() <= lines(text), "more rows than lines");
        ProcNet.isTable(path, text);
        ProcTextOrder order = new ProcTextOrder();
        order.add(text, text.length);
        order.order();
    }

    private static ProcNet parse(String path, byte[] text, ByteOrder order) {
        return Allocation.within(BYTES_PER_BYTE, text.length, () -> ProcNet.parse(path, text, order));
    }

    private static int lines(byte[] text) {
        int lines = 1;
        for (byte b : text) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static ProcSocket sameButAddresses(ProcSocket s) {
        return new ProcSocket(s.netid(), s.stateNumber(), s.family(), s.protocol(), s.inode(), s.uid(), s.ifindex(),
                s.recvQ(), s.sendQ(), null, null, s.drops());
    }
}
