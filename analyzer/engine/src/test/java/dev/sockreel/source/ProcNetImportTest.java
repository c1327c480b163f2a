package dev.sockreel.source;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.FactsRow;
import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.fixtures.Published;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports tables of /proc/net from a folder, an unpacked support bundle, and a tar archive. */
class ProcNetImportTest {
    private static final Path TABLES = Capture.unpack(Capture.NOMODS).resolve("proc-before");
    private static final String TOP = "sosreport-web1-2026-11-22-abcdef";
    private static final String BOOT = "11111111-2222-3333-4444-555555555555";
    private static final String UNAME =
            "Linux web1 6.1.0-56-cloud-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 x86_64 x86_64 x86_64 GNU/Linux\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static byte[] listener(ByteOrder order) {
        return ProcTextBuilder.inet(order).socket("127.0.0.1", 22, "0.0.0.0", 0, 10, 0, 2, 0, 0, 99, -1).toBytes();
    }

    private SosTar bundle(String name, String compressor) throws IOException {
        return SosTar.create(folder.resolve(name), compressor)
                .folder(TOP + "/proc/net", TABLES)
                .symlink(TOP + "/uname", "sos_commands/kernel/uname_-a")
                .file(TOP + "/sos_commands/kernel/uname_-a", UNAME)
                .file(TOP + "/hostname", "web1.example.org\n")
                .file(TOP + "/proc/sys/kernel/random/boot_id", BOOT + "\n");
    }

    private static List<String> rows(ImportedCapture capture) {
        return capture.rows(0).stream().map(r -> r.socket().toString() + r.interfaceName()).toList();
    }

    private static ImportedCapture imported(SosTar tar) throws IOException {
        tar.close();
        return ImportedCapture.of(tar.path());
    }

    private String refused(Path source) {
        return String.valueOf(assertThrows(SourceException.class, () -> ImportedCapture.of(source)).getMessage());
    }

    private String refused(SosTar tar) throws IOException {
        tar.close();
        return refused(tar.path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gz", "bzip2", "xz", "zstd", "lz4-framed"})
    void aBundleIsReadAsItIs(String compressor) throws IOException {
        ImportedCapture capture = imported(bundle("bundle", compressor));
        assertTrue(rows(ImportedCapture.of(TABLES)).equals(rows(capture)), "the rows differ from those of the folder");
        assertEquals(1, capture.snapshots().size());
        Map<String, String> facts = capture.snapshot(0).host().facts();
        assertEquals("web1.example.org", facts.get(HostEvidence.HOSTNAME));
        assertEquals("6.1.0-56-cloud-amd64", facts.get(HostEvidence.KERNEL_RELEASE));
        assertEquals("#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2", facts.get(HostEvidence.KERNEL_VERSION));
        assertEquals("x86_64", facts.get(HostEvidence.MACHINE));
        assertEquals(BOOT, facts.get(HostEvidence.BOOT_ID));
        assertEquals("proc-net", facts.get(HostEvidence.IMPORT_FORMAT));
        assertEquals("bundle", facts.get(HostEvidence.IMPORTED_FROM));
    }

    /** Compares every socket with an inode that is in the truth and in the kernel's text. */
    @Test
    void everySocketOfTheTruthIsThere() throws IOException {
        ImportedCapture capture = imported(bundle("bundle", "xz"));
        Map<Long, SocketRow> byInode = capture.rows(0).stream()
                .filter(r -> r.socket().inode() > 0)
                .collect(Collectors.toMap(r -> r.socket().inode(), r -> r));
        int compared = 0;
        for (FactsRow fact : Truth.facts(Capture.unpack(Capture.NOMODS))) {
            Long inode = fact.inode();
            boolean listed = fact.procRx() != null || "unix".equals(fact.domain());
            if (inode == null || !listed || fact.name().startsWith("other.")) {
                continue;
            }
            SocketRow row = byInode.get(inode);
            assertTrue(row != null, fact.name());
            Long rx = fact.procRx();
            if (rx != null && row != null) {
                assertEquals(rx, row.socket().recvQ().kernelNumber(), fact.name());
            }
            compared++;
        }
        assertTrue(compared > 200, compared + " sockets compared");
    }

    @Test
    void countersAreTakenAlong() throws IOException {
        Snapshot snapshot = imported(bundle("bundle", "")).snapshot(0);
        for (String name : List.of("sockstat", "sockstat6", "protocols")) {
            ProcFile file = snapshot.procFile("/proc/net/" + name);
            assertTrue(file != null && file.whole(), name);
            if (file != null) {
                assertEquals(Files.readString(TABLES.resolve(name)),
                        new String(file.text(), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        assertEquals(null, snapshot.procFile("/proc/net/snmp"), "of no use here");
    }

    @Test
    void anUnpackedBundleIsFoundByItsDepth() throws IOException {
        Path net = Files.createDirectories(folder.resolve("cases/4711").resolve(TOP).resolve("proc/net"));
        Files.write(net.resolve("tcp"), listener(LITTLE_ENDIAN));
        Files.writeString(net.resolveSibling("version"),
                "Linux version 5.14.0-1.el9.s390x (mock@x) (gcc 11) #1 SMP Fri\n");
        Files.createSymbolicLink(net.resolve("udp"), Path.of("/proc/net/udp"));
        for (Path root : List.of(folder, folder.resolve("cases"), net.getParent(), net)) {
            ImportedCapture capture = ImportedCapture.of(root);
            assertEquals(List.of("127.0.0.1:22"),
                    capture.rows(0).stream().map(r -> AddressText.orNull(r.socket().local())).toList(),
                    root.toString());
            boolean seesProc = !root.equals(net) && !root.equals(net.getParent());
            assertEquals(seesProc ? "5.14.0-1.el9.s390x" : null,
                    capture.snapshot(0).host().get(HostEvidence.KERNEL_RELEASE), root.toString());
        }
    }

    @Test
    void theLiveTablesOfThisHostCanBeImportedToo() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/net")), "needs Linux");
        ImportedCapture capture = ImportedCapture.of(Path.of("/proc/self/net"));
        ProcFile unix = capture.snapshot(0).procFile("/proc/net/unix");
        assertTrue(unix != null && unix.text().length > 50, "a file of /proc states no length");
    }

    @Test
    void bothByteOrders() throws IOException {
        for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
            ImportedCapture capture = imported(SosTar.create(folder.resolve(order.toString()), "gz")
                    .file("x/proc/net/tcp6", ProcTextBuilder.inet(order)
                            .socket("::1", 22, "::", 0, 10, 0, 2, 0, 0, 99, -1)
                            .socket("2001:db8::1", 22, "2001:db8::2", 7, 1, 0, 2, 0, 0, 98, -1).toBytes()));
            assertEquals(order, capture.snapshot(0).header().order());
            assertEquals(List.of("[::1]:22", "[2001:db8::1]:22"),
                    capture.rows(0).stream().map(r -> AddressText.orNull(r.socket().local())).toList());
        }
    }

    /** Without a loopback address the machine's name decides, and without that the import reports its choice. */
    @Test
    void theMachineGivesTheByteOrderWhereNoAddressDoes() throws IOException {
        byte[] tcp =
                ProcTextBuilder.inet(BIG_ENDIAN).socket("10.0.0.1", 22, "10.0.0.2", 9, 1, 0, 0, 0, 0, 99, -1).toBytes();
        ImportedCapture known = imported(SosTar.create(folder.resolve("known"), "")
                .file("x/proc/net/tcp", tcp)
                .file("x/uname", "Linux z 6.1.0 #1 SMP s390x s390x s390x GNU/Linux\n"));
        assertEquals("10.0.0.1:22", AddressText.orNull(known.rows(0).getFirst().socket().local()));
        ImportedCapture guessed = imported(SosTar.create(folder.resolve("guessed"), "").file("x/proc/net/tcp", tcp));
        assertEquals("1.0.0.10:22", AddressText.orNull(guessed.rows(0).getFirst().socket().local()));
        assertTrue(guessed.report().messages().stream().anyMatch(m -> m.contains("little-endian is assumed")));
        assertFalse(known.report().messages().stream().anyMatch(m -> m.contains("little-endian is assumed")));
    }

    private ImportedCapture imported(Path source, @Nullable ByteOrder given) throws IOException {
        Path reel = Files.createTempFile(folder, "given", ".reel");
        try (CaptureSink sink = new CaptureSink(reel, false, false, given, bytes -> {})) {
            Importers.of("proc-net").orElseThrow().run(source, sink);
        }
        return ImportedCapture.read(reel, new ImportReport(1, 0, List.of(), List.of()));
    }

    /** What is assumed is marked as such in the capture, and the user can settle it. */
    @Test
    void theByteOrderThatTheUserNamesCounts() throws IOException {
        Path net = Files.createDirectories(folder.resolve("x/proc/net"));
        Files.write(net.resolve("tcp"), ProcTextBuilder.inet(BIG_ENDIAN)
                .socket("10.0.0.1", 22, "10.0.0.2", 9, 1, 0, 0, 0, 0, 99, -1).toBytes());
        Snapshot assumed = imported(net, null).snapshot(0);
        assertEquals("assumed", assumed.host().get(HostEvidence.BYTE_ORDER_BASIS));
        ImportedCapture given = imported(net, BIG_ENDIAN);
        assertEquals("given", given.snapshot(0).host().get(HostEvidence.BYTE_ORDER_BASIS));
        assertEquals(BIG_ENDIAN, given.snapshot(0).header().order());
        assertEquals("10.0.0.1:22", AddressText.orNull(given.rows(0).getFirst().socket().local()));
        Files.write(net.resolve("udp"), listener(LITTLE_ENDIAN));
        assertNull(imported(net, null).snapshot(0).host().get(HostEvidence.BYTE_ORDER_BASIS));
        assertEquals(BIG_ENDIAN, imported(net, BIG_ENDIAN).snapshot(0).header().order());
    }

    @Test
    void oldNetlinkTables() throws IOException {
        ImportedCapture capture = ImportedCapture.of(Published.NETLINK_OLD.copy());
        assertEquals(List.of("0:0", "0:3714"),
                capture.rows(0).stream().map(r -> AddressText.orNull(r.socket().local())).toList());
        for (SocketRow row : capture.rows(0)) {
            assertEquals(Unknown.FROM_PROC, row.unknown().get("inode"));
            assertEquals(Unknown.FROM_PROC, row.unknown().get("drops"));
        }
        assertEquals(List.of(), capture.snapshot(0).procFiles().getFirst().faults());
    }

    @Test
    void aFolderWithNothingButAnEmptyTableIsRefused() throws IOException {
        Files.createFile(Files.createDirectories(folder.resolve("y/proc/net")).resolve("tcp"));
        assertEquals(folder.resolve("y") + " has no copy of a table of /proc/net (tcp, udp, unix, …): proc/net/tcp is"
                + " empty, so it is not known whether there are such sockets", refused(folder.resolve("y")));
    }

    /** An address that spans two pieces of the text is counted once. */
    @Test
    void theByteOrderIsFoundAfterLongTables() throws IOException {
        ProcTextBuilder text = ProcTextBuilder.inet(BIG_ENDIAN);
        for (int i = 0; i < 5000; i++) {
            text.socket("10.0.0.1", i, "10.0.0.2", 9, 1, 0, 0, 0, 0, 1000 + i, -1);
        }
        text.socket("127.0.0.1", 22, "0.0.0.0", 0, 10, 0, 2, 0, 0, 99, -1);
        ImportedCapture capture =
                imported(SosTar.create(folder.resolve("long"), "").file("proc/net/tcp", text.toBytes()));
        assertEquals(BIG_ENDIAN, capture.snapshot(0).header().order());
        assertEquals(5001, capture.rows(0).size());
    }

    @Test
    void copiesUnderSosCommandsAreOfTheSameHost() throws IOException {
        ImportedCapture capture = imported(SosTar.create(folder.resolve("b"), "")
                .file(TOP + "/sos_commands/networking/proc/net/tcp", ProcTextBuilder.inet(LITTLE_ENDIAN).toBytes())
                .file(TOP + "/proc/net/tcp", listener(LITTLE_ENDIAN))
                .file(TOP + "/var/cache/tcp", listener(LITTLE_ENDIAN)));
        assertEquals(1, capture.rows(0).size());
        assertTrue(capture.report().messages().contains(TOP + "/proc/net is imported; the tables in " + TOP
                + "/sos_commands/networking/proc/net, " + TOP + "/var/cache are left out"),
                capture.report().toString());
    }

    @Test
    void procNetMayBeALink() throws IOException {
        ImportedCapture capture = imported(SosTar.create(folder.resolve("b"), "")
                .symlink(TOP + "/proc/net", "self/net")
                .symlink(TOP + "/proc/self", "4711")
                .file(TOP + "/proc/4711/net/tcp", listener(LITTLE_ENDIAN)));
        assertEquals(1, capture.rows(0).size());
    }

    @Test
    void ofSeveralHostsNoneIsTaken() throws IOException {
        String output = refused(SosTar.create(folder.resolve("two.tar"), "")
                .file("a/proc/net/tcp", listener(LITTLE_ENDIAN))
                .file("b/proc/net/tcp", listener(LITTLE_ENDIAN)));
        assertEquals(
                folder.resolve("two.tar") + " has tables of /proc/net of several hosts or namespaces (a/proc/net,"
                        + " b/proc/net): unpack it and import one of these folders",
                output);
        String processes = refused(SosTar.create(folder.resolve("pids.tar"), "")
                .file("a/proc/1/net/tcp", listener(LITTLE_ENDIAN))
                .file("a/proc/22/net/tcp", listener(LITTLE_ENDIAN)));
        assertTrue(processes.contains("a/proc/1/net, a/proc/22/net"), processes);
    }

    @Test
    void aFlatArchiveOfCopiesWillDo() throws IOException {
        for (String prefix : List.of("", "./", "copies/", "./a/./b//")) {
            ImportedCapture capture = imported(SosTar.create(folder.resolve("flat" + prefix.length()), "gz")
                    .file(prefix + "tcp", listener(LITTLE_ENDIAN)).file(prefix + "README", "tcp, by hand"));
            assertEquals(1, capture.rows(0).size(), prefix);
        }
    }

    /** A later entry replaces an earlier one, as in tar itself. */
    @Test
    void ofAPathThatStandsTwiceTheLaterCounts() throws IOException {
        ImportedCapture capture = imported(SosTar.create(folder.resolve("twice"), "")
                .file("proc/net/tcp", ProcTextBuilder.inet(LITTLE_ENDIAN).tcp(1, 9, 1).tcp(1, 9, 2).toBytes())
                .file("proc/net/tcp", ProcTextBuilder.inet(LITTLE_ENDIAN).tcp(1, 9, 3).toBytes()));
        assertEquals(List.of(3L), capture.rows(0).stream().map(r -> r.socket().inode()).toList());
    }

    @Test
    void unknownsOfTheSourceAreListed() throws IOException {
        ImportedCapture capture = imported(SosTar.create(folder.resolve("b"), "")
                .file("proc/net/tcp", listener(LITTLE_ENDIAN))
                .file("proc/net/udp", "")
                .file("proc/net/unix", "cat: /proc/net/unix: Permission denied\n"));
        List<String> output = capture.report().messages();
        assertTrue(output.getFirst().contains("a copy of it has no time"), output.toString());
        assertTrue(output.get(1).contains("has no checksums"), output.toString());
        assertTrue(output.contains("proc/net/udp is empty, so it is not known whether there are such sockets"),
                output.toString());
        assertEquals(List.of("proc/net/unix is not a table of /proc/net: its 39 bytes are left out"),
                capture.report().damages());
        assertTrue(
                output.contains("not in the source: tcp6, udp6, udplite, udplite6, raw, raw6, icmp, icmp6, unix,"
                        + " packet, netlink; it is not known whether there are such sockets"),
                output.toString());
        assertTrue(output.getLast().startsWith("the source does not name its kernel"), output.toString());
        assertFalse(capture.snapshot(0).begin().isKnown());
    }

    @Test
    void whatHoldsNoTableIsRefusedInOneSentence() throws IOException {
        Path archive = folder.resolve("other.tar");
        assertEquals(archive + " has no copy of a table of /proc/net (tcp, udp, unix, …)",
                refused(SosTar.create(archive, "").file("etc/passwd", "root\n").file("proc/net/sockstat",
                        "TCP: inuse 1\n")));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertTrue(Importers.guess(empty).isEmpty());
        Path text = Files.writeString(folder.resolve("text"), "State Recv-Q Send-Q\n".repeat(100));
        assertTrue(Importers.guess(text).isEmpty());
    }

    /** The format is detected by content: archives, ss dumps and folders of dumps are distinguished. */
    @Test
    void theFormatIsGuessed() throws IOException {
        Path capture = Capture.unpack(Capture.MODS);
        Map<String, String> guessed = new TreeMap<>();
        Set<Path> sources = new TreeSet<>(List.of(capture.resolve("snap"), capture.resolve("raw"), TABLES));
        try (Stream<Path> dumps = Files.list(capture.resolve("ssD"))) {
            sources.addAll(dumps.filter(p -> p.toString().endsWith(".D")).toList());
        }
        try (SosTar tar = bundle("bundle.D", "zstd")) {
            sources.add(tar.path());
        }
        for (Path source : sources) {
            guessed.put(String.valueOf(source.getFileName()),
                    Importers.guess(source).map(Importer::format).orElse("none"));
        }
        assertEquals(new TreeMap<>(Map.of("snap", "datagram-log", "raw", "datagram-log", "proc-before", "proc-net",
                "tcp.D", "ss-dump", "tcp4.D", "ss-dump", "tcp6.D", "ss-dump", "estab.D", "ss-dump", "full.D", "ss-dump",
                "bundle.D", "proc-net")), guessed);
    }
}
