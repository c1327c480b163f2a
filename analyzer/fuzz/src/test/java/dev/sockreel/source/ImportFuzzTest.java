package dev.sockreel.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.export.Exporter;
import dev.sockreel.export.Exporters;
import dev.sockreel.fixtures.PcapBuilder;
import dev.sockreel.fixtures.PcapngBuilder;
import dev.sockreel.fuzz.CaptureCheck;
import dev.sockreel.fuzz.Parts;
import dev.sockreel.fuzz.Scratch;
import dev.sockreel.fuzz.Seeds;
import dev.sockreel.pcap.PacketFile;
import dev.sockreel.source.log.DatagramLogImport;
import dev.sockreel.source.packets.PcapImport;
import dev.sockreel.source.procnet.ProcNetImport;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes each import: the result is either one sentence of refusal or a whole capture that can be read to its rows. */
class ImportFuzzTest {
    /** The limit of compressed input: larger files may unpack to very much, which only slows this down. */
    private static final int MAX_COMPRESSED_BYTES = 600;

    /** The size of a tar header; then the offsets of its checksum and of "ustar". */
    private static final int TAR_BLOCK_BYTES = 512;
    private static final int TAR_SUM_AT = 148;
    private static final int TAR_MAGIC_AT = 257;

    static Stream<byte[]> ssDumps() {
        return Stream.of(
                Seeds.dump("tcp4", 2),
                Seeds.dump("tcp6", 1),
                Seeds.dump("tcp_getsock", 1),
                Seeds.dump("tcp4_one_absent", 1),
                Parts.steered(Seeds.dump("tcp4", 1), 20, 0, 0, 0, 3, 0, 2, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    @MethodSource("ssDumps")
    @FuzzTest
    void ssDump(byte[] input) throws IOException {
        run(new SsDumpImport(), Scratch.file("dump.D", input));
    }

    private static byte[] cooked(int protocol, byte[] messages) {
        return PcapBuilder.cooked(protocol, messages);
    }

    /** Returns a request and its dump, a lookup, a device's name; each twice, so that there are two snapshots. */
    static Stream<byte[]> pcaps() {
        byte[] twice = Seeds.dump("tcp6", 1);
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN).map(order -> {
            PcapBuilder file = new PcapBuilder(order);
            for (int i = 1; i < 3; i++) {
                file.sockDiag(i, Seeds.request("tcp6")).sockDiag(i, twice)
                        .packet(i, cooked(0, PcapBuilder.newLink(ByteOrder.LITTLE_ENDIAN, i, "lo")))
                        .sockDiag(i, Seeds.request("unix")).sockDiag(i, Seeds.dump("unix", 2));
            }
            return file.toBytes();
        });
    }

    @MethodSource("pcaps")
    @FuzzTest
    void pcap(byte[] input) throws IOException {
        runGuessed(Scratch.file("nlmon.pcap", input));
    }

    static Stream<byte[]> pcapngs() {
        byte[] ask = cooked(PcapBuilder.NETLINK_SOCK_DIAG, Seeds.request("unix"));
        byte[] dump = cooked(PcapBuilder.NETLINK_SOCK_DIAG, Seeds.dump("unix", 2));
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN).map(order -> {
            PcapngBuilder file = new PcapngBuilder(order);
            return file.networkInterface(PcapBuilder.NETLINK, 0, file.options().add(9, new byte[] {9}))
                    .networkInterface(1, 0, file.options().comment("ethernet"))
                    .enhanced(0, 1, ask, ask.length, file.options())
                    .enhanced(0, 2, dump, dump.length, file.options().number64(4, 1))
                    .simple(ask, ask.length).old(0, 0, 9, dump).statistics(0, file.options().number64(5, 1))
                    .toBytes();
        });
    }

    @MethodSource("pcapngs")
    @FuzzTest
    void pcapng(byte[] input) throws IOException {
        runGuessed(Scratch.file("nlmon.pcapng", input));
    }

    /** Returns files with the comments that sockreel writes and its import reads back. */
    static Stream<byte[]> exportedPcapngs() throws IOException {
        Path reel = Scratch.absent("to-export.reel");
        try (CaptureSink sink = new CaptureSink(reel, false)) {
            PcapImport.PCAP.run(Scratch.file("nlmon.pcap", pcaps().findFirst().orElseThrow()), sink);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Exporter.Export file = Exporters.of("pcapng").orElseThrow().to(out);
        CaptureCheck.read(reel, snapshot -> {
            try {
                file.write(snapshot);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Stream.of(out.toByteArray());
    }

    @MethodSource("exportedPcapngs")
    @FuzzTest
    void exportedPcapng(byte[] input) throws IOException {
        runGuessed(Scratch.file("exported.pcapng", input));
    }

    /** Imports by detected format: changed first bytes may turn one format into another or into none. */
    private static void runGuessed(Path source) throws IOException {
        byte[] head = Arrays.copyOf(Files.readAllBytes(source), PacketFile.MAGIC_BYTES);
        run("pcapng".equals(PacketFile.format(head)) ? PcapImport.PCAPNG : PcapImport.PCAP, source);
    }

    static Stream<byte[]> compressed() {
        byte[] dump = Seeds.dump("tcp4", 1);
        return Stream.of(
                CompressorStreamFactory.GZIP, CompressorStreamFactory.XZ, CompressorStreamFactory.ZSTANDARD,
                CompressorStreamFactory.LZ4_FRAMED, CompressorStreamFactory.BZIP2)
                .map(format -> compress(format, dump));
    }

    private static byte[] compress(String format, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packed = new CompressorStreamFactory().createCompressorOutputStream(format, out)) {
            packed.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @MethodSource("compressed")
    @FuzzTest
    void compressedSsDump(byte[] input) throws IOException {
        if (input.length <= MAX_COMPRESSED_BYTES) {
            run(new SsDumpImport(), Scratch.file("dump.gz", input));
        }
    }

    static Stream<byte[]> logs() {
        String index = "#name\trecv\toffset\tlength\tmsg_flags\tbufsize\trealtime_ns\tremark\n";
        byte[] dump = Seeds.dump("tcp4", 1);
        byte[] map = Seeds.fdMap(3);
        byte[] proc = Seeds.procText("raw", 3);
        String line = "tcp4\t0\t0\t" + dump.length + "\t0x0\t32768\t1795344507949533150\t\n";
        return Stream.of(
                Parts.join((index + line).getBytes(UTF_8), Seeds.request("tcp4"), dump, map, proc),
                Parts.join((index + line + "tcp4\t1\t16\t99\t0x20\t64\n").getBytes(UTF_8), new byte[0], dump),
                Parts.join((line + line).getBytes(UTF_8), Seeds.request("tcp4"), dump, map));
    }

    /** Imports the parts index.tsv, tcp4.req, tcp4.bin, fdmap.tsv, proc-raw. */
    @MethodSource("logs")
    @FuzzTest
    void datagramLog(byte[] input) throws IOException {
        List<String> names = List.of("index.tsv", "tcp4.req", "tcp4.bin", "fdmap.tsv", "proc-raw");
        run(new DatagramLogImport(), folder("log", names, Parts.of(input)));
    }

    static Stream<byte[]> tables() {
        return Stream.of(
                Parts.join(Seeds.procText("tcp", 3), Seeds.procText("unix", 3), Seeds.procText("packet", 3)),
                Parts.join(new byte[0], Seeds.procText("unix", 5), new byte[0], Seeds.procText("netlink", 3)));
    }

    /** Imports the parts as copies of /proc/net/tcp, unix, packet, netlink, udp6. */
    @MethodSource("tables")
    @FuzzTest
    void procNet(byte[] input) throws IOException {
        run(new ProcNetImport(), folder("proc", List.of("tcp", "unix", "packet", "netlink", "udp6"), Parts.of(input)));
    }

    static Stream<byte[]> bundles() {
        return Stream.of(
                tar("proc/net/tcp", Seeds.procText("tcp", 3), "proc/version", "Linux version 6.1".getBytes(UTF_8)),
                tar("host/proc/net/unix", Seeds.procText("unix", 3), "host/uname", "x86_64\n".getBytes(UTF_8)));
    }

    /** Imports a tar archive whose header checksums are corrected. */
    @MethodSource("bundles")
    @FuzzTest
    void bundle(byte[] input) throws IOException {
        byte[] archive = input.clone();
        for (int at = 0; at + TAR_BLOCK_BYTES <= archive.length; at += TAR_BLOCK_BYTES) {
            if (archive[at + TAR_MAGIC_AT] == 'u' && archive[at + TAR_MAGIC_AT + 1] == 's') {
                sealHeader(archive, at);
            }
        }
        run(new ProcNetImport(), Scratch.file("bundle.tar", archive));
    }

    /** Corrects a header's checksum: the sum of its bytes in octal, its own field counted as spaces. */
    private static void sealHeader(byte[] archive, int at) {
        Arrays.fill(archive, at + TAR_SUM_AT, at + TAR_SUM_AT + 8, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + TAR_BLOCK_BYTES; i++) {
            sum += archive[i] & 0xff;
        }
        byte[] octal = String.format("%06o\0", sum).getBytes(UTF_8);
        System.arraycopy(octal, 0, archive, at + TAR_SUM_AT, octal.length);
    }

    private static byte[] tar(String name, byte[] content, String other, byte[] otherContent) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            entry(tar, name, content);
            entry(tar, other, otherContent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void entry(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static Path folder(String name, List<String> names, List<byte[]> parts) throws IOException {
        Path folder = Scratch.emptyFolder(name);
        for (int i = 0; i < names.size() && i < parts.size(); i++) {
            Files.write(folder.resolve(names.get(i)), parts.get(i));
        }
        return folder;
    }

    private static void run(Importer importer, Path source) throws IOException {
        Path out = Scratch.absent("imported.reel");
        boolean recognized;
        ImportReport report;
        try (CaptureSink sink = new CaptureSink(out, false)) {
            recognized = importer.recognizes(source);
            report = importer.run(source, sink);
        } catch (IOException e) {
            assertNotNull(e.getMessage());
            assertFalse(e.getMessage().contains("\n"), e::getMessage);
            assertTrue(e.getMessage().contains(source.toString()), e::getMessage);
            return;
        }
        assertTrue(recognized, "it was imported and would not have been recognized");
        assertTrue(report.snapshots() >= 1, () -> report.toString());
        CaptureCheck.readWhole(out);
    }
}
