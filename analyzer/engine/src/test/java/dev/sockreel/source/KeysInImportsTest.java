package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.export.Exporter;
import dev.sockreel.export.Exporters;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.EveryPlace;
import dev.sockreel.fixtures.KeyedDump;
import dev.sockreel.fixtures.PcapBuilder;
import dev.sockreel.fixtures.PcapngBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.SourceException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Imports a dump with keys, damaged at every place, in every format: no record of the capture has a piece of a key. */
class KeysInImportsTest {
    private static final long SEED = 11;
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    /** The number of damaged copies of the dump, of both byte orders. */
    private static final int SOME = 60;
    private static final int MORE = 2_000;
    /** The distance between two places; a prime, so that all kinds of damage and all parts of the dump are met. */
    private static final int STEP = 1_009;
    private static final int EXPORT_STEP = 61;
    private static final int REFUSED = -2;

    /** A folder in memory where that is possible, since each import forces its file to the disk. */
    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    static final class MemoryFolder implements TempDirFactory {
        private static final Path MEMORY = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "keys-")
                    : Files.createTempDirectory("keys-");
        }
    }

    /** Writes the bytes of a dump, or what is left of it, as a source of one format. */
    private interface Format {
        Path write(byte[] bytes, ByteOrder order) throws IOException;
    }

    private Map<String, Format> formats() {
        Map<String, Format> formats = new LinkedHashMap<>();
        formats.put("ss-dump", (bytes, order) -> Files.write(folder.resolve("ss.D"), bytes));
        formats.put("ss-dump, gzip", (bytes, order) -> Files.write(folder.resolve("ss.D.gz"), gzip(bytes)));
        formats.put("ss-dump behind a good one", (bytes, order) -> {
            byte[] good = KeyedDump.of(order, SEED).bytes();
            return Files.write(folder.resolve("two.D"), joined(good, bytes));
        });
        formats.put("pcap", (bytes, order) -> Files.write(folder.resolve("a.pcap"), new PcapBuilder(order)
                .sockDiag(1_000, request(order)).sockDiag(2_000, bytes).toBytes()));
        formats.put("pcap without the request", (bytes, order) -> Files.write(folder.resolve("b.pcap"),
                new PcapBuilder(order).sockDiag(1_000, request(order)).sockDiag(1_500, KeyedDump.of(order, SEED)
                        .bytes()).sockDiag(2_000, bytes).toBytes()));
        formats.put("pcapng", (bytes, order) -> {
            PcapngBuilder file = new PcapngBuilder(order);
            file.networkInterface(PcapBuilder.NETLINK, 0, file.options());
            for (byte[] messages : List.of(request(order), bytes)) {
                byte[] packet = PcapBuilder.cooked(PcapBuilder.NETLINK_SOCK_DIAG, messages);
                file.enhanced(0, 1, packet, packet.length, file.options());
            }
            return Files.write(folder.resolve("a.pcapng"), file.toBytes());
        });
        formats.put("datagram-log", (bytes, order) -> log("tcp4", bytes, request(order)));
        formats.put("datagram-log without the request", (bytes, order) -> log("tcp4", bytes, new byte[0]));
        formats.put("datagram-log of another name", (bytes, order) -> log("unix", bytes, new byte[0]));
        return formats;
    }

    private Path log(String name, byte[] bytes, byte[] request) throws IOException {
        Path log = Files.createDirectories(folder.resolve("log-" + name + request.length));
        Files.write(log.resolve(name + ".bin"), bytes);
        if (request.length > 0) {
            Files.write(log.resolve(name + ".req"), request);
        }
        Files.writeString(log.resolve("index.tsv"), name + "\t0\t0\t" + bytes.length + "\t0x0\t32768\t1\n");
        return log;
    }

    private static byte[] request(ByteOrder order) {
        return DiagRequest.inet(order, Uapi.AF_INET, 6, 0xff, 0xfff).seq(1).toBytes();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    @Test
    void someDamages() throws IOException {
        check(SOME);
    }

    @Test
    @Tag("exhaustive")
    void moreDamages() throws IOException {
        check(MORE);
    }

    private void check(int places) throws IOException {
        List<String> leaks = new ArrayList<>();
        int imports = 0;
        int refused = 0;
        for (ByteOrder order : ORDERS) {
            KeyedDump dump = KeyedDump.of(order, SEED);
            EveryPlace damages = EveryPlace.of(dump.bytes(), order);
            for (int i = 0; i < places / ORDERS.size(); i++) {
                int damage = (int) ((long) i * STEP % damages.count());
                byte[] damaged = damages.copy(damage);
                for (Map.Entry<String, Format> format : formats().entrySet()) {
                    int at = findImported(dump, format.getValue().write(damaged, order));
                    imports++;
                    refused += at == REFUSED ? 1 : 0;
                    if (at >= 0) {
                        leaks.add(format.getKey() + ", " + order + ", " + damages.name(damage));
                    }
                }
            }
        }
        System.out.printf("%d places × %d imports, %d keys (%d sources refused)%n", places, formats().size(),
                leaks.size(), refused);
        assertEquals(List.of(), leaks);
        assertTrue(refused < imports / 2, refused + " of " + imports + " are refused");
    }

    /** Damages files that sockreel exported with the keys: every byte of them, the comments too. */
    @Test
    void exportsWithKeysThatAreImportedAgain() throws IOException {
        List<String> leaks = new ArrayList<>();
        int places = 0;
        for (String format : List.of("pcapng", "ss-dump")) {
            for (ByteOrder order : ORDERS) {
                KeyedDump dump = KeyedDump.of(order, SEED);
                byte[] exported = exported(format, dump);
                assertTrue(dump.find(exported, exported.length) >= 0, "the export has the keys");
                for (int at = 0; at < exported.length; at += EXPORT_STEP) {
                    byte[] damaged = exported.clone();
                    damaged[at] ^= (byte) (1 << at % 8);
                    places++;
                    if (findImported(dump, Files.write(folder.resolve("again." + format), damaged)) >= 0) {
                        leaks.add(format + ", " + order + ", byte " + at);
                    }
                }
            }
        }
        System.out.println("damaged exports with keys imported: " + places);
        assertEquals(List.of(), leaks);
    }

    private byte[] exported(String format, KeyedDump dump) throws IOException {
        Path source = Files.write(folder.resolve("whole.D"), dump.bytes());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImportedCapture kept = ImportedCapture.of(source, true);
        Exporter.Export export = Exporters.of(format).orElseThrow().to(out);
        try (SnapshotReader reader = SnapshotReader.open(kept.reel())) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                export.write(s);
            }
        }
        return out.toByteArray();
    }

    /** Returns where in a record of the imported capture a piece of a key stands; -1 nowhere, {@link #REFUSED}. */
    private int findImported(KeyedDump dump, Path source) throws IOException {
        Path reel = Files.createTempFile(folder, "keys-", ".reel");
        try (CaptureSink sink = new CaptureSink(reel, false)) {
            Importers.guess(source).orElseThrow(() -> new SourceException("not recognized")).run(source, sink);
        } catch (SourceException e) {
            Files.delete(reel);
            return REFUSED;
        }
        int found = -1;
        try (CaptureReader reader = CaptureReader.open(reel)) {
            ByteBuf body = Unpooled.buffer();
            CaptureRecord record;
            while (found < 0 && (record = reader.next()) != null) {
                body.clear();
                record.encode(body.ensureWritable(record.maxBytes()));
                found = dump.find(body.array(), body.readableBytes());
            }
        }
        Files.delete(reel);
        return found;
    }

    /** Keys are kept when that is asked for. */
    @Test
    void keptSecrets() throws IOException {
        KeyedDump dump = KeyedDump.of(ByteOrder.LITTLE_ENDIAN, SEED);
        Path cut = Files.write(folder.resolve("cut.D"),
                Arrays.copyOf(dump.bytes(), dump.bytes().length - 60));
        byte[] kept = Files.readAllBytes(cut);
        ImportedCapture capture = ImportedCapture.of(cut, true);
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        capture.dumps().forEach(d -> d.datagrams().forEach(g -> {
            byte[] bytes = new byte[g.data().readableBytes()];
            g.data().getBytes(g.data().readerIndex(), bytes);
            stored.writeBytes(bytes);
        }));
        assertEquals(new String(kept, StandardCharsets.ISO_8859_1), stored.toString(StandardCharsets.ISO_8859_1));
    }
}
