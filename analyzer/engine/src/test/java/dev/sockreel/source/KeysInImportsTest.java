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
import org.junit.jupiter.api.io.TempDir;

/** Imports a dump with keys, damaged at every place, in every format: no record of the capture has a piece of a key. */
class KeysInImportsTest {
    /** The distance between the places of the short test; a prime, so that it meets all kinds of damage. */
    private static final int STEP = 1_009;

    private final long seed = System.nanoTime();

    @TempDir
    private Path folder;

    /** Writes the bytes of a dump, or what is left of it, as a source of one format. */
    private interface Format {
        Path write(byte[] bytes, ByteOrder order) throws IOException;
    }

    private Map<String, Format> formats() {
        Map<String, Format> formats = new LinkedHashMap<>();
        formats.put("ss-dump", (bytes, order) -> Files.write(folder.resolve("ss.D"), bytes));
        formats.put("ss-dump, gzip", (bytes, order) -> Files.write(folder.resolve("ss.D.gz"), gzip(bytes)));
        formats.put("ss-dump behind a good one", (bytes, order) -> {
            byte[] good = KeyedDump.of(order, seed).bytes();
            return Files.write(folder.resolve("two.D"), joined(good, bytes));
        });
        formats.put("pcap", (bytes, order) -> Files.write(folder.resolve("a.pcap"), new PcapBuilder(order)
                .sockDiag(1_000, request(order)).sockDiag(2_000, bytes).toBytes()));
        formats.put("pcap without the request", (bytes, order) -> Files.write(folder.resolve("b.pcap"),
                new PcapBuilder(order).sockDiag(1_000, request(order)).sockDiag(1_500, KeyedDump.of(order, seed)
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
        check(STEP);
    }

    @Test
    @Tag("exhaustive")
    void everyDamage() throws IOException {
        check(1);
    }

    private void check(int step) throws IOException {
        List<String> leaks = new ArrayList<>();
        int places = 0;
        int refused = 0;
        for (Map.Entry<String, Format> format : formats().entrySet()) {
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                KeyedDump dump = KeyedDump.of(order, seed);
                EveryPlace damages = EveryPlace.of(dump.bytes(), order);
                for (int i = (int) Math.floorMod(seed, (long) step); i < damages.count(); i += step, places++) {
                    Path source = format.getValue().write(damages.copy(i), order);
                    int at = findImported(dump, source);
                    refused += at == -2 ? 1 : 0;
                    if (at >= 0) {
                        leaks.add(format.getKey() + ", " + order + ", " + damages.name(i));
                    }
                }
            }
        }
        System.out.println("damaged dumps with keys imported: " + places + " in " + formats().size()
                + " formats, refused " + refused);
        assertEquals(List.of(), leaks, () -> "seed " + seed);
        assertTrue(refused < places / 2, refused + " of " + places + " are refused");
    }

    /** Damages files that sockreel exported with the keys: every byte of them, the comments too. */
    @Test
    void exportsWithKeysThatAreImportedAgain() throws IOException {
        List<String> leaks = new ArrayList<>();
        int places = 0;
        for (String format : List.of("pcapng", "ss-dump")) {
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                KeyedDump dump = KeyedDump.of(order, seed);
                byte[] exported = exported(format, dump);
                assertTrue(dump.find(exported, exported.length) >= 0, "the export has the keys");
                for (int at = (int) Math.floorMod(seed, 11L); at < exported.length; at += 11) {
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
        assertEquals(List.of(), leaks, () -> "seed " + seed);
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

    /** Returns where in a record of the imported capture a piece of a key stands; -1 nowhere, -2 refused. */
    private int findImported(KeyedDump dump, Path source) throws IOException {
        Path reel = Files.createTempFile(folder, "keys-", ".reel");
        try (CaptureSink sink = new CaptureSink(reel, false)) {
            Importers.guess(source).orElseThrow(() -> new SourceException("not recognized")).run(source, sink);
        } catch (SourceException e) {
            Files.delete(reel);
            return -2;
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
        KeyedDump dump = KeyedDump.of(ByteOrder.LITTLE_ENDIAN, seed);
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
