package dev.sockreel.procnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.FactsRow;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Unknown;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares tables of /proc/net from a real kernel with the maker's truth. */
class ProcNetTest {
    private static ProcNet read(Path capture, String table) throws IOException {
        return ProcNet.parse("/proc/net/" + table, Files.readAllBytes(capture.resolve("proc-before").resolve(table)),
                ByteOrder.LITTLE_ENDIAN);
    }

    private static Map<Long, ProcSocket> byInode(Path capture, String... tables) throws IOException {
        Map<Long, ProcSocket> found = new HashMap<>();
        for (String table : tables) {
            ProcNet read = read(capture, table);
            assertEquals(0, read.notUnderstood(), table);
            for (ProcSocket s : read.sockets()) {
                if (s.inode() > 0) {
                    found.put(s.inode(), s);
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS, Capture.NOMODS, Capture.PARTIAL})
    void inetRowsHaveTheAddressesAndQueuesOfTheirSockets(String name) throws IOException {
        Path capture = Capture.unpack(name);
        Map<Long, ProcSocket> found = byInode(capture, "tcp", "tcp6", "udp", "udp6", "raw", "raw6");
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (FactsRow fact : Truth.facts(capture)) {
            Long inode = fact.inode();
            ProcSocket s = inode == null ? null : found.get(inode);
            Long rx = fact.procRx();
            if (s == null || rx == null) {
                continue;
            }
            checked++;
            compare(wrong, fact, "rx", rx, s.recvQ().kernelNumber());
            String state = fact.state();
            if (s.netid().equals("tcp") && "LISTEN".equals(state)) {
                compare(wrong, fact, "backlog unknown",
                        new Queue.NotKnown(Queue.Meaning.BACKLOG_LIMIT, Unknown.FROM_PROC), s.sendQ());
                compare(wrong, fact, "pending", pending(fact), s.recvQ().kernelNumber());
            }
            Long unread = fact.appUnread();
            if (s.netid().equals("tcp") && s.unread().isPresent() && unread != null) {
                compare(wrong, fact, "unread", unread, s.unread().getAsLong());
            }
            if (s.netid().equals("tcp") && state != null) {
                compare(wrong, fact, "state", state, s.state());
                compare(wrong, fact, "local", String.valueOf(fact.local()), String.valueOf(s.local()));
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(checked > 60, checked + " sockets were compared");
    }

    private static long pending(FactsRow fact) {
        Long pending = fact.pending();
        return pending == null ? 0 : pending;
    }

    private static void compare(List<String> wrong, FactsRow fact, String what, Object expected, Object actual) {
        if (!String.valueOf(expected).equals(String.valueOf(actual))) {
            wrong.add(fact.name() + " " + what + ": expected " + expected + ", was " + actual);
        }
    }

    @Test
    void aNewlineInANameDoesNotDerailTheLinesAfterIt() throws IOException {
        Path capture = Capture.unpack(Capture.NOMODS);
        ProcNet unix = read(capture, "unix");
        assertEquals(0, unix.notUnderstood());
        Map<Long, ProcSocket> found = byInode(capture, "unix");
        int listed = 0;
        for (FactsRow fact : Truth.facts(capture)) {
            Long inode = fact.inode();
            if ("unix".equals(fact.domain()) && inode != null && !fact.name().startsWith("other.")) {
                assertNotNull(found.get(inode), fact.name());
                listed++;
            }
        }
        assertTrue(listed > 100, listed + " unix sockets");
        assertEquals(1, unix.sockets().stream()
                .filter(s -> "@holdout new\\x0aline".equals(AddressText.orNull(s.local()))).count());
    }

    @Test
    void aUnixRowHasNoQueuesAndNoPeer() throws IOException {
        for (ProcSocket s : read(Capture.unpack(Capture.NOMODS), "unix").sockets()) {
            assertTrue(s.recvQ() instanceof Queue.NotKnown, s.toString());
            assertTrue(s.sendQ() instanceof Queue.NotKnown, s.toString());
            assertEquals(Unknown.FROM_PROC, s.unknown().get("recvQ"));
            assertEquals(Unknown.FROM_PROC, s.unknown().get("peer"));
            assertNull(s.peer());
            assertTrue(s.unread().isEmpty());
        }
    }

    @Test
    void unacceptedUnixConnectionsHaveNoInode() throws IOException {
        long unaccepted = read(Capture.unpack(Capture.NOMODS), "unix").sockets().stream()
                .filter(s -> s.inode() == 0)
                .peek(s -> assertEquals("ESTAB", s.state()))
                .count();
        assertEquals(5, unaccepted); // 3 wait at backlog128, 2 at backlog1
    }

    @Test
    void netlinkAndPacketRowsHaveTheirMemory() throws IOException {
        Path capture = Capture.unpack(Capture.NOMODS);
        assertTrue(byInode(capture, "netlink").values().stream().anyMatch(s -> s.drops() == 20));
        assertTrue(byInode(capture, "packet").values().stream().allMatch(s -> s.netid().startsWith("p_")));
    }

    @Test
    void addressesAreTheHostsIntegers() {
        String row = "   0: %s:4E21 00000000:0000 0A 00000000:00000003 00:00000000 00000000     0        0 10499 1 0\n";
        String head = "  sl  local_address rem_address\n";
        byte[] little = (head + row.formatted("0100007F")).getBytes(StandardCharsets.US_ASCII);
        byte[] big = (head + row.formatted("7F000001")).getBytes(StandardCharsets.US_ASCII);
        ProcSocket a = ProcNet.parse("/proc/net/tcp", little, ByteOrder.LITTLE_ENDIAN).sockets().getFirst();
        ProcSocket b = ProcNet.parse("/proc/net/tcp", big, ByteOrder.BIG_ENDIAN).sockets().getFirst();
        assertEquals("127.0.0.1:20001", AddressText.orNull(a.local()));
        assertEquals(a, b);
        assertEquals(new Queue.PendingConnections(3), a.recvQ());
    }

    private static ProcNet parse(String table, String row) {
        String text = ProcTables.of(table).orElseThrow().heading() + "\n" + row + "\n";
        return ProcNet.parse(
                "/proc/net/" + table, text.getBytes(StandardCharsets.ISO_8859_1), ByteOrder.LITTLE_ENDIAN);
    }

    /** A row with an unreadable number is rejected. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tcp|0: 0100007F:4E21 00000000:0000 01 x:00000003 00:00000000 00000000 0 0 10499 1 0",
        "tcp|0: 0100007F:4E21 00000000:0000 01 00000000:ffffffffffffffff 00:00000000 00000000 0 0 10499 1 0",
        "tcp|0: 0100007F:4E21 00000000:0000 01 00000000: 00:00000000 00000000 0 0 10499 1 0",
        "udp|0: 0100007F:4E21 00000000:0000 07 00000000:00000003 00:00000000 00000000 x 0 10499 1 0",
        "udp|0: 0100007F:4E21 00000000:0000 07 00000000:00000003 00:00000000 00000000 0 0 18446744073709551611 1 0",
        "netlink|0000000003030a48 0   123        00000010 x    0        0     2        0        10481",
        "netlink|0000000003030a48 0   123        00000010 17664    0        0     2        0        x",
        "packet|000000009cffe1c6 3      3    9000   1     1 x      0      10476",
        "packet|000000009cffe1c6 3      3    9000   1     1 0      -7      10476",
        "netlink|0000000003030a48 \u001b[2J 123        00000010 0    0        0     2        0        10481",
        "packet|000000009cffe1c6 \u001b[2J      3    9000   1     1 0      0      10476",
        "tcp|x: 0100007F:4E21 00000000:0000 01 00000000:00000000 00:00000000 00000000 0 0 10499 1 0",
        "unix|00000000306cbbc9: 00000002 00000000 00010000 0001 01 99999999999999999999 /tmp/x"
    })
    void aRowWithANumberThatIsNoneIsNotUnderstood(String table, String row) {
        ProcNet read = parse(table, row);
        assertEquals(List.of(), read.sockets());
        assertEquals(1, read.notUnderstood());
    }

    @Test
    void aLineThatIsNoRowDoesNotCostTheOneBefore() {
        String row = "0: 0100007F:4E21 00000000:0000 0A 00000000:00000003 00:00000000 00000000 0 0 10499 1 0";
        ProcNet read = parse("tcp", row + "\nTraceback (most recent call last):\n" + row);
        assertEquals(2, read.sockets().size());
        assertEquals(1, read.notUnderstood());
    }

    @Test
    void anEofIsUndecidedWhereTheQueueDoesNotShowIt() {
        ProcSocket s =
                parse("tcp", "0: 0100007F:4E21 0100007F:0001 08 00000000:00000000 00:00000000 00000000 0 0 1 1 0")
                        .sockets().getFirst();
        assertEquals("CLOSE-WAIT", s.state());
        assertNull(s.eofUnread());
        assertEquals(Unknown.NO_SUCH_MEASURE, s.unknown().get("eofUnread"));
    }

    /** A name of many newlines is one row, and is not copied for each of them, which would make 5 GB of 100 KB. */
    @Test
    void aNameOfManyLinesCostsWhatItIsLong() {
        String row = "00000000306cbbc9: 00000002 00000000 00010000 0001 01 10363 @" + "\n".repeat(100_000);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ProcNet read = parse("unix", row);
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(1, read.sockets().size());
        assertTrue(taken < 200L << 20, taken + " bytes");
    }

    @Test
    void hostileTextEndsWithoutAnException() throws IOException {
        long seed = Long.getLong("sockreel.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Path folder = Capture.unpack(Capture.NOMODS).resolve("proc-before");
        for (ProcTable table : ProcTables.ALL) {
            Path file = folder.resolve(table.name());
            if (!Files.exists(file)) {
                continue;
            }
            byte[] text = Files.readAllBytes(file);
            for (int i = 0; i < 300; i++) {
                byte[] broken = java.util.Arrays.copyOf(text, random.nextInt(text.length + 1));
                for (int flips = random.nextInt(20); flips > 0 && broken.length > 0; flips--) {
                    broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
                }
                ProcNet read = ProcNet.parse("/proc/net/" + table.name(), broken, ByteOrder.LITTLE_ENDIAN);
                for (ProcSocket s : read.sockets()) {
                    assertFalse(s.unknown().isEmpty(), () -> "seed " + seed);
                }
            }
        }
    }
}
