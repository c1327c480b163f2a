package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.OwnerTable;
import dev.sockreel.snapshot.OwnerTexts;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports right and wrong logs, as a small C program could write them. */
class DatagramLogImportTest {
    private static final String HEADLINE = "#name\trecv\toffset\tlength\tmsg_flags\tbufsize\trealtime_ns\tremark\n";

    @TempDir
    private Path folder;

    private static byte[] request(ByteOrder order, int seq) {
        return DiagRequest.inet(order, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL).seq(seq).toBytes();
    }

    private static byte[] dump(ByteOrder order, int seq, int sockets) {
        DumpBuilder dump = new DumpBuilder();
        for (int i = 1; i <= sockets; i++) {
            dump.add(InetDiagMsgBuilder.in(order).local("127.0.0.1", 80).remote("127.0.0.1", 5000 + i)
                    .cookie(i).inode(100 + i).header(h -> h.seq(seq)));
        }
        return dump.add(NlmsgBuilder.done(order, 0).seq(seq)).toBytes();
    }

    private void write(String name, int seq, int sockets) throws IOException {
        Files.write(folder.resolve(name + ".req"), request(ByteOrder.LITTLE_ENDIAN, seq));
        Files.write(folder.resolve(name + ".bin"), dump(ByteOrder.LITTLE_ENDIAN, seq, sockets));
    }

    private ImportedCapture index(String lines) throws IOException {
        Files.writeString(folder.resolve("index.tsv"), HEADLINE + lines);
        return ImportedCapture.of(folder);
    }

    private String line(String name, long time) throws IOException {
        return "%s\t0\t0\t%d\t0x0\t32768\t%d\t\n".formatted(name, Files.size(folder.resolve(name + ".bin")), time);
    }

    /** The index's third line is wrong, after its headline and a comment. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "tcp4\\t0\\t0|columns",
        "tcp4\\tx\\t0\\t20\\t0\\t32768|\"x\" is not a number",
        "tcp4\\t0\\t-1\\t20\\t0\\t32768|-1 is not from 0",
        "tcp4\\t0\\t0\\t99999999\\t0\\t32768|99999999 is not from 0 to 2097152",
        "tcp4\\t0\\t0\\t20\\t0xzz\\t32768|\"0xzz\" is not a number",
        "tcp4\\t0\\t0\\t20\\t0\\t32768\\tsoon|\"soon\" is not a number",
        "../tcp4\\t0\\t0\\t20\\t0\\t32768|\"../tcp4\" is not a file's name",
        "/etc/passwd\\t0\\t0\\t20\\t0\\t32768|\"/etc/passwd\" is not a file's name",
        "..\\t0\\t0\\t20\\t0\\t32768|\"..\" is not a file's name",
        "tcp4\\u0007\\t0\\t0\\t20\\t0\\t32768|\"tcp4\\x07\" is not a file's name",
        "tcp4\\u0000\\t0\\t0\\t20\\t0\\t32768|\"tcp4\\x00\" is not a file's name"
    })
    void aWrongLineIsNamed(String line, String complaint) throws IOException {
        write("tcp4", 1, 1);
        String real = line.replace("\\t", "\t").replace("\\u0007", "\u0007").replace("\\u0000", "\0");
        SourceException e = assertThrows(SourceException.class, () -> index("# a comment\n" + real + "\n"));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(folder.resolve("index.tsv") + ", line 3: "), message);
        assertTrue(message.contains(complaint), message);
    }

    /** Numbers with leading zeros are decimal; flags may be hexadecimal. */
    @Test
    void numbersAreDecimalOrHexadecimal() throws IOException {
        write("tcp4", 1, 1);
        long length = Files.size(folder.resolve("tcp4.bin"));
        ImportedCapture capture = index("tcp4\t00\t000\t0%d\t0x20\t32768\t0123\t\n".formatted(length));
        Dump dump = capture.dumps().getFirst();
        assertEquals(length, dump.datagrams().getFirst().trueLength());
        assertEquals(0x20, dump.datagrams().getFirst().msgFlags());
        assertEquals(123, dump.datagrams().getFirst().time().realtimeNs());
        assertEquals(DumpVerdict.TRUNCATED, dump.verdict());
    }

    @Test
    void anIndexThatIsNoTextIsRefused() throws IOException {
        write("tcp4", 1, 1);
        Files.write(folder.resolve("index.tsv"), new byte[] {'t', (byte) 0xff, (byte) 0xfe, '\n'});
        SourceException e = assertThrows(SourceException.class, () -> ImportedCapture.of(folder));
        assertTrue(String.valueOf(e.getMessage()).contains("index.tsv is not UTF-8"), e.getMessage());
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        write("tcp4", 1, 1);
        IOException e = assertThrows(IOException.class, () -> index("tcp9\t0\t0\t20\t0\t32768\t1\t\n"));
        assertTrue(String.valueOf(e.getMessage()).contains("tcp9.bin"), e.getMessage());
    }

    @Test
    void aFileThatEndsBeforeItsIndexSaysSoIsTruncated() throws IOException {
        write("tcp4", 1, 3);
        long length = Files.size(folder.resolve("tcp4.bin"));
        ImportedCapture capture = index("tcp4\t0\t0\t%d\t0\t32768\t1\t\n".formatted(length + 100));
        assertEquals(DumpVerdict.TRUNCATED, capture.dumps().getFirst().verdict());
        assertEquals(3, capture.dumps().getFirst().sockets());
        assertEquals(
                List.of(folder + ": tcp4.bin lacks 100 bytes at byte " + length
                        + ", where by the index a datagram goes on"),
                capture.report().damages());
    }

    @Test
    void requestsThatRepeatBeginSnapshots() throws IOException {
        write("a", 1, 1);
        write("b", 2, 2);
        write("c", 3, 3);
        Files.write(folder.resolve("other.req"),
                DiagRequest.inet(ByteOrder.LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 1 << 10).seq(9)
                        .toBytes());
        Files.write(folder.resolve("other.bin"), dump(ByteOrder.LITTLE_ENDIAN, 9, 1));
        ImportedCapture capture = index(line("a", 1) + line("other", 2) + line("b", 3) + line("c", 4));
        assertEquals(3, capture.snapshots().size());
        assertEquals(List.of(2, 1, 1), capture.snapshots().stream().map(s -> s.dumps().size()).toList());
        // The narrower dump lists a socket of the wider one: one row.
        assertEquals(1, capture.rows(0).size());
        assertEquals(3, capture.rows(2).size());
    }

    @Test
    void aFailedRequestBeginsNoSnapshot() throws IOException {
        write("a", 1, 1);
        Files.write(folder.resolve("bad.req"), request(ByteOrder.LITTLE_ENDIAN, 2));
        Files.write(folder.resolve("bad.bin"), NlmsgBuilder.error(ByteOrder.LITTLE_ENDIAN, -Uapi.EINVAL,
                request(ByteOrder.LITTLE_ENDIAN, 2)).seq(2).toBytes());
        assertEquals(1, index(line("a", 1) + line("bad", 2)).snapshots().size());
    }

    @Test
    void lookUpsOfOneSocketAreNoDumps() throws IOException {
        write("tcp4", 1, 1);
        Files.write(folder.resolve("one.req"), DiagRequest.inetOne(ByteOrder.LITTLE_ENDIAN, Uapi.AF_INET,
                Uapi.IPPROTO_TCP, 0xff, "127.0.0.1", 80, "127.0.0.1", 5001).toBytes());
        Files.write(folder.resolve("one.bin"), dump(ByteOrder.LITTLE_ENDIAN, 1, 1));
        ImportedCapture capture = index(line("tcp4", 1) + line("one", 2));
        assertEquals(1, capture.dumps().size());
        assertTrue(capture.report().messages().toString().contains("one is a look-up"), capture.report().toString());
    }

    @Test
    void theDescriptorTableGivesOwnersAndProcFilesAreKept() throws IOException {
        write("tcp4", 1, 2);
        Files.write(folder.resolve("fdmap.tsv"),
                "#pid\tcomm\tfd\tinode\n7\todd \")(,=\t4\t101\n8\tb\\c\u00e9\u001b\t5\t101\n"
                        .getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("proc-tcp"), "  sl  local_address\n");
        Snapshot snapshot = index(line("tcp4", 1)).snapshot(0);
        assertTrue(snapshot.owners().isComplete());
        assertEquals(
                List.of("7 odd \")(,= 4 null", "8 b\\x5cc\u00e9\\x1b 5 null"),
                OwnerTexts.of(snapshot.owners().of(101, 0)));
        assertEquals(List.of(), snapshot.owners().of(102, 0));
        assertEquals("/proc/net/tcp", snapshot.procFiles().getFirst().path());
        assertEquals("  sl  local_address\n",
                new String(snapshot.procFiles().getFirst().text(), StandardCharsets.UTF_8));
    }

    /** Imports more descriptors than fit into one record: of one process, and of many with long names. */
    @Test
    void manyDescriptorsGoIntoSeveralParts() throws IOException {
        write("tcp4", 1, 1);
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            map.append("7\tone\t").append(i).append('\t').append(101 + i).append('\n');
        }
        String comm = "x".repeat(255);
        for (int pid = 1000; pid < 17_000; pid++) {
            map.append(pid).append('\t').append(comm).append("\t3\t101\n");
        }
        Files.writeString(folder.resolve("fdmap.tsv"), map);
        OwnerTable owners = index(line("tcp4", 1)).snapshot(0).owners();
        assertTrue(owners.isComplete());
        assertEquals(16_001, owners.scanned());
        assertEquals(List.of("7 one 99999 null"), OwnerTexts.of(owners.of(100_100, 0)));
        List<Owner> holders = owners.of(101, 0);
        assertTrue(holders != null && holders.size() == 16_001 && holders.getLast().pid() == 16_999, "" + holders);
    }

    @Test
    void aCommThatNoKernelGivesIsRefused() throws IOException {
        write("tcp4", 1, 1);
        Files.writeString(folder.resolve("fdmap.tsv"), "7\t" + "x".repeat(256) + "\t4\t101\n");
        SourceException e = assertThrows(SourceException.class, () -> index(line("tcp4", 1)));
        assertTrue(String.valueOf(e.getMessage()).contains("fdmap.tsv, line 1: column 2"), e.getMessage());
    }

    @Test
    void aWrongDescriptorLineIsNamed() throws IOException {
        write("tcp4", 1, 1);
        Files.writeString(folder.resolve("fdmap.tsv"), "#pid\tcomm\tfd\tinode\n7\tname\tfour\t101\n");
        SourceException e = assertThrows(SourceException.class, () -> index(line("tcp4", 1)));
        assertTrue(String.valueOf(e.getMessage()).contains("fdmap.tsv, line 2: "), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysAreZeroedUnlessKept(boolean little) throws IOException {
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] key = "a-very-secret-tcp-md5-key".getBytes(StandardCharsets.US_ASCII);
        // struct tcp_diag_md5sig: family, prefixlen, keylen (u16), addr[16], key[80]
        byte[] md5sig = new byte[100];
        System.arraycopy(key, 0, md5sig, 20, key.length);
        byte[] messages = new DumpBuilder()
                .add(InetDiagMsgBuilder.in(order).local("127.0.0.1", 80).remote("127.0.0.1", 5000).cookie(1).inode(9)
                        .queues(3, 4).attributes(a -> a.bytes(Uapi.INET_DIAG_MD5SIG, md5sig).u8(Uapi.INET_DIAG_TOS, 5))
                        .header(h -> h.seq(1)))
                .add(NlmsgBuilder.done(order, 0).seq(1))
                .toBytes();
        Files.write(folder.resolve("tcp4.req"), request(order, 1));
        Files.write(folder.resolve("tcp4.bin"), messages);
        Files.writeString(folder.resolve("index.tsv"), HEADLINE + line("tcp4", 1));
        Dump masked = ImportedCapture.of(folder).dumps().getFirst();
        Dump kept = ImportedCapture.of(folder, true).dumps().getFirst();
        assertFalse(contains(masked, key));
        assertTrue(contains(kept, key));
        for (Dump dump : List.of(masked, kept)) {
            assertEquals(DumpVerdict.COMPLETE, dump.verdict());
            assertEquals(1, dump.sockets());
            assertEquals(messages.length, dump.datagrams().getFirst().data().readableBytes());
        }
        assertEquals(1, masked.datagrams().getFirst().marks());
        assertEquals(0, kept.datagrams().getFirst().marks());
        Snapshot snapshot = ImportedCapture.of(folder).snapshot(0);
        assertEquals("25 bytes of TCP-MD5 keys were zeroed", snapshot.notes().getLast().text());
    }

    private static boolean contains(Dump dump, byte[] needle) {
        byte[] bytes = new byte[dump.datagrams().getFirst().data().readableBytes()];
        dump.datagrams().getFirst().data().getBytes(0, bytes);
        for (int at = 0; at + needle.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }

    /** A copy of /proc/PID/cmdline or environ may hold a password. */
    @Test
    void onlyTablesAndCountersOfProcNetAreCopied() throws IOException {
        write("tcp4", 1, 1);
        for (String name : List.of("sockstat", "netstat", "cmdline", "environ", "self")) {
            Files.writeString(folder.resolve("proc-" + name), "PASSWORD=secret\n");
        }
        ImportedCapture capture = index(line("tcp4", 1));
        assertEquals(List.of("/proc/net/netstat", "/proc/net/sockstat"),
                capture.snapshot(0).procFiles().stream().map(f -> f.path()).sorted().toList());
        for (String name : List.of("cmdline", "environ", "self")) {
            assertTrue(capture.report().messages().contains(folder.resolve("proc-" + name)
                    + " is neither a table nor a file of counters of /proc/net; left out"), capture.report()::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesOfBpfStoragesAreZeroedUnlessKept(boolean little) throws IOException {
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] value = "what-a-bpf-program-noted".getBytes(StandardCharsets.US_ASCII);
        byte[] messages = new DumpBuilder()
                .add(InetDiagMsgBuilder.in(order).local("127.0.0.1", 80).remote("127.0.0.1", 5000).cookie(1).inode(9)
                        .attributes(a -> a.nested(Uapi.INET_DIAG_SK_BPF_STORAGES, s -> s
                                .nested(1, m -> m.u32(2, 0x01020304).bytes(3, value))
                                .nested(1, m -> m.u32(2, 0x05060708).bytes(3, value))))
                        .header(h -> h.seq(1)))
                .add(NlmsgBuilder.done(order, 0).seq(1))
                .toBytes();
        Files.write(folder.resolve("tcp4.req"), request(order, 1));
        Files.write(folder.resolve("tcp4.bin"), messages);
        Files.writeString(folder.resolve("index.tsv"), HEADLINE + line("tcp4", 1));
        Dump masked = ImportedCapture.of(folder).dumps().getFirst();
        Dump kept = ImportedCapture.of(folder, true).dumps().getFirst();
        assertFalse(contains(masked, value));
        assertTrue(contains(kept, value));
        assertTrue(contains(masked, little ? new byte[] {4, 3, 2, 1} : new byte[] {1, 2, 3, 4}), "the map's number");
        assertEquals(DumpVerdict.COMPLETE, masked.verdict());
        assertEquals("%d bytes of BPF storages were zeroed".formatted(2 * value.length),
                ImportedCapture.of(folder).snapshot(0).notes().getLast().text());
    }
}
