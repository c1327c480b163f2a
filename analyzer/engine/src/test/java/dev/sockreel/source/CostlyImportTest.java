package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.PcapBuilder;
import dev.sockreel.fixtures.PcapngBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.SnapshotRule;
import dev.sockreel.source.sink.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports small sources that would cost minutes, gigabytes or more output than input. */
class CostlyImportTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static byte[] ask(int seq, long states) {
        return DiagRequest.inet(LITTLE, Uapi.AF_INET, NetlinkTalk.TCP, 0, states).seq(seq).toBytes();
    }

    private static byte[] done(int seq) {
        return NlmsgBuilder.done(LITTLE, 0).seq(seq).pid(1).toBytes();
    }

    private Path pcap(int requests, boolean equal) throws IOException {
        PcapBuilder file = new PcapBuilder(LITTLE);
        for (int i = 0; i < requests; i++) {
            file.sockDiag(i + 1, ask(i, equal ? 0xff : i + 1)).sockDiag(i + 1, done(i));
        }
        return Files.write(folder.resolve(requests + (equal ? "equal" : "different") + ".pcap"), file.toBytes());
    }

    private long allocated(Path source) throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Path reel = folder.resolve(source.getFileName() + ".reel");
        try (CaptureSink sink = new CaptureSink(reel, false)) {
            Importers.guess(source).orElseThrow().run(source, sink);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void assertDoubles(long once, long twice) {
        assertTrue(twice < 2.5 * once, once + " bytes, then " + twice);
    }

    @Test
    void twiceTheRequestsTakeTwiceTheMemory() throws IOException {
        for (boolean equal : new boolean[] {true, false}) {
            assertDoubles(allocated(pcap(2000, equal)), allocated(pcap(4000, equal)));
        }
    }

    /** Dumps of one snapshot are compared with one another. */
    @Test
    void aSnapshotHasALimitedNumberOfDumps() throws IOException {
        ImportedCapture capture = ImportedCapture.of(pcap(SnapshotRule.MAX_DUMPS_OF_A_NAMESPACE + 2, false));
        assertEquals(List.of(SnapshotRule.MAX_DUMPS_OF_A_NAMESPACE, 2),
                capture.snapshots().stream().map(s -> s.dumps().size()).toList());
    }

    private static long records(Path reel, Predicate<CaptureRecord> which) throws IOException {
        long count = 0;
        try (CaptureReader reader = CaptureReader.open(reel)) {
            CaptureRecord record;
            while ((record = reader.next()) != null) {
                count += which.test(record) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isDescribed(CaptureRecord record) {
        return record instanceof NetworkNamespace n && !n.name().isEmpty();
    }

    /** A namespace is described in the snapshots that have dumps of it, not in all. */
    @Test
    void namespacesAndSnapshotsDoNotMultiply() throws IOException {
        PcapngBuilder file = new PcapngBuilder(LITTLE);
        int devices = 300;
        for (int i = 0; i < devices; i++) {
            file.networkInterface(253, 0,
                    file.options().add(2, ("nlmon" + i).getBytes(StandardCharsets.UTF_8)));
            byte[] ask = PcapBuilder.cooked(PcapBuilder.NETLINK_SOCK_DIAG, ask(i, 1));
            file.enhanced(i, i + 1, ask, ask.length, file.options());
        }
        for (int i = 0; i < devices; i++) {
            byte[] ask = PcapBuilder.cooked(PcapBuilder.NETLINK_SOCK_DIAG, ask(i, 1));
            file.enhanced(0, devices + i, ask, ask.length, file.options());
        }
        ImportedCapture capture = ImportedCapture.of(Files.write(folder.resolve("many.pcapng"), file.toBytes()));
        assertEquals(devices + 1, capture.snapshots().size());
        assertEquals(2L * devices, records(capture.reel(), CostlyImportTest::isDescribed));
    }

    private Path log(String index, int binBytes) throws IOException {
        Path log = Files.createTempDirectory(folder, "log");
        ByteArrayOutputStream bin = new ByteArrayOutputStream();
        while (bin.size() < binBytes) {
            bin.writeBytes(done(1));
        }
        Files.write(log.resolve("tcp4.bin"), bin.toByteArray());
        Files.write(log.resolve("tcp4.req"), ask(1, 1));
        Files.writeString(log.resolve("index.tsv"), index);
        return log;
    }

    private static String rows(int count, int bytes, int step) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append("tcp4\t").append(i).append('\t').append(i * step).append('\t').append(bytes).append("\t0\t0\n");
        }
        return rows.toString();
    }

    @Test
    void twiceTheRowsTakeTwiceTheMemory() throws IOException {
        assertDoubles(allocated(log(rows(5000, 20, 20), 100_000)), allocated(log(rows(10_000, 20, 20), 200_000)));
    }

    /** An index may name the same bytes again, but not without end. */
    @Test
    void rowsThatNameTheSameBytesAreRefused() throws IOException {
        Path four = log(rows(4, 2000, 0), 2000);
        assertEquals(4, ImportedCapture.of(four).dumps().getFirst().datagrams().size());
        Path five = log(rows(5, 2000, 0), 2000);
        assertEquals(five.resolve("index.tsv") + ", line 5: datagrams up to here have more than 4 times the bytes of"
                + " all .bin files, so the index names the same bytes again and again",
                assertThrows(SourceException.class, () -> ImportedCapture.of(five)).getMessage());
    }

    @Test
    void lookUpsAreCounted() throws IOException {
        Path log = log(rows(1, 20, 0), 20);
        byte[] one = DiagRequest.inetOne(LITTLE, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, "127.0.0.1", 80, "127.0.0.1",
                5001).toBytes();
        StringBuilder index = new StringBuilder(rows(1, 20, 0));
        for (int i = 0; i < 300; i++) {
            index.append("one\t0\t").append(20 * i).append("\t20\t0\t0\n");
        }
        Files.write(log.resolve("one.req"), one);
        Files.write(log.resolve("one.bin"), new byte[6000]);
        Files.writeString(log.resolve("index.tsv"), index);
        List<String> messages = ImportedCapture.of(log).report().messages();
        assertEquals("and 201 more like these", messages.getLast());
        assertEquals(101, messages.size());
    }

    /** An archive is read twice, which would wait for ever at a pipe. */
    @Test
    void anArchiveInAPipeIsRefused() throws IOException {
        Path device = Path.of("/dev/null");
        Path reel = folder.resolve("a.reel");
        try (CaptureSink sink = new CaptureSink(reel, false)) {
            assertEquals("/dev/null is a pipe or a device, but an archive is read twice: store it in a file",
                    assertThrows(SourceException.class,
                            () -> Importers.of("proc-net").orElseThrow().run(device, sink)).getMessage());
        }
    }

    /** A line costs time however short it is. */
    @Test
    void aTableOfEmptyLinesIsRefused() throws IOException {
        Path host = Files.createDirectories(folder.resolve("host/proc/net"));
        String heading = "Num       RefCount Protocol Flags    Type St Inode Path\n";
        Files.writeString(host.resolve("unix"), heading + "\n".repeat(3_999_999));
        assertEquals(4_000_000 - 1, ImportedCapture.of(folder.resolve("host")).snapshot(0).procFiles().stream()
                .mapToInt(f -> f.text().length - heading.length()).sum());
        Files.writeString(host.resolve("unix"), heading + "\n".repeat(4_000_000));
        assertEquals("proc/net/unix has more than 4,000,000 lines, more than any kernel prints into /proc/net",
                assertThrows(SourceException.class, () -> ImportedCapture.of(folder.resolve("host"))).getMessage());
    }

    /** A megabyte that unpacks to more than a gigabyte; members of gzip are one stream. */
    @Test
    void aBombIsRefused() throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(member) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            for (int i = 0; i < 64; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream first = new GZIPOutputStream(bomb)) {
            first.write(new PcapngBuilder(LITTLE).toBytes());
            int skipped = 7; // a block of an unknown type
            first.write(ByteBuffer.allocate(8).order(LITTLE).putInt(skipped).putInt(0x7ffffff0).array());
        }
        IntStream.range(0, 17).forEach(i -> bomb.writeBytes(member.toByteArray()));
        Path file = Files.write(folder.resolve("bomb.pcapng.gz"), bomb.toByteArray());
        assertEquals(file + " unpacks to more than 1 GiB and more than 250 times its size: unpack it (gz), and import"
                + " that", assertThrows(SourceException.class, () -> ImportedCapture.of(file)).getMessage());
    }
}
