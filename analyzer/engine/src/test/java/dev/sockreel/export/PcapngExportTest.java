package dev.sockreel.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.dump.Dump;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.Damage;
import dev.sockreel.fixtures.Damages;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.Published;
import dev.sockreel.fixtures.Sample;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.ImportedCapture;
import dev.sockreel.source.Walker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests exported pcapng files: importing them again yields the same, and tshark reads them. */
class PcapngExportTest {
    private static final Path TSHARK = Path.of("/usr/bin/tshark");

    @TempDir
    private Path folder;

    private Path exported(Path reel) throws IOException {
        Path out = folder.resolve("out.pcapng");
        try (SnapshotReader reader = SnapshotReader.open(reel);
                OutputStream sink = Files.newOutputStream(out)) {
            Exporter.Export file = Exporters.of("pcapng").orElseThrow().to(sink);
            Snapshot s;
            while ((s = reader.next()) != null) {
                file.write(s);
            }
        }
        return out;
    }

    /** Returns everything about dumps and sockets except their holders, which a pcapng lacks. */
    private static List<String> facts(Path reel) throws IOException {
        List<String> facts = new ArrayList<>();
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (SnapshotReader reader = SnapshotReader.open(reel)) {
            Exporter.Export ndjson = Exporters.of("ndjson").orElseThrow().to(rows);
            Snapshot s;
            while ((s = reader.next()) != null) {
                facts.add("snapshot " + s.index() + " " + s.begin().realtimeNs() + " " + s.host().get("boot-id"));
                for (Dump d : s.dumps()) {
                    facts.add(d.family() + " " + d.begin().netns() + " " + d.verdict().id() + " " + d.sockets() + " "
                            + d.ownBytes() + " " + d.request().familyId());
                }
                ndjson.write(s);
            }
        }
        for (Map<String, @Nullable Object> row : JsonTree.lines(rows.toString(StandardCharsets.UTF_8))) {
            Map<String, @Nullable Object> without = new TreeMap<>(row);
            without.remove("owners");
            without.remove("peerOwners");
            without.remove("comm");
            without.remove("ownersAsOf");
            Map<?, ?> unknown = new TreeMap<>((Map<?, ?>) row.get("unknown"));
            unknown.keySet().removeAll(List.of("owners", "peerOwners", "comm"));
            without.put("unknown", unknown);
            facts.add(without.toString());
        }
        return facts;
    }

    private void isTheSameAgain(Path reel) throws IOException {
        ImportedCapture again = ImportedCapture.of(exported(reel), true);
        assertEquals(facts(reel), facts(again.reel()));
        assertEquals(List.of(), again.report().damages());
    }

    static Stream<String> sources() {
        List<String> sources = new ArrayList<>();
        for (String name : Capture.names()) {
            for (String folder : List.of("raw", "raw-again", "user/raw", "race", "snap", "nlmon/tcp.pcap",
                    "nlmon/unix.pcap",
                    "nlmon/rest.pcap", "nlmon/other.pcap", "nlmon/filter.pcap", "ssD/tcp.D", "ssD/full.D")) {
                sources.add(name + "/" + folder);
            }
        }
        return sources.stream();
    }

    /** Includes sources without times and requests, and truncated, failed and unavailable dumps. */
    @ParameterizedTest
    @MethodSource("sources")
    void imports(String source) throws IOException {
        int slash = source.indexOf('/');
        isTheSameAgain(
                ImportedCapture.of(Capture.unpack(source.substring(0, slash)).resolve(source.substring(slash + 1)))
                        .reel());
    }

    /** Replies of the old request, and dumps that do not end. */
    @ParameterizedTest
    @EnumSource(value = Published.class, names = {"TYPE_18", "NO_DONE_BETWEEN", "SAME_DUMP_THREE_TIMES"})
    void published(Published source) throws IOException {
        isTheSameAgain(ImportedCapture.of(source.copy()).reel());
    }

    /** A socket that is only in a text of /proc/net is in no packet. */
    @Test
    void socketsKnownOnlyFromTextAreCountedAsLeftOut() throws IOException {
        Exporter exporter = Exporters.of("pcapng").orElseThrow();
        assertEquals(new ExportCount(0, true, Map.of(), Map.of("tcp", 1L)),
                exporter.to(OutputStream.nullOutputStream())
                        .write(ImportedCapture.of(Published.PROC_ONLY.copy()).snapshot(0)));
        ImportedCapture nomods = ImportedCapture.folder(Capture.NOMODS, "snap");
        ExportCount count = exporter.to(OutputStream.nullOutputStream()).write(nomods.snapshot(0));
        assertEquals(0, count.sockets());
        assertFalse(count.isEmpty(), "it has packets: requests and errors");
        assertEquals(nomods.rows(0).size(), count.procText().values().stream().mapToLong(n -> n).sum());
    }

    @Test
    void aLiveRecording() throws IOException {
        isTheSameAgain(LiveCapture.reel(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETE_TCP4", "STOPPED_BEFORE_DONE"})
    void samples(String name) throws IOException {
        Path file = Files.write(folder.resolve("sample.D"), Sample.valueOf(name).bytes());
        isTheSameAgain(ImportedCapture.of(file).reel());
    }

    @Test
    void damagedDumps() throws IOException {
        int imported = 0;
        for (Damage damage : Damages.of(Sample.COMPLETE_TCP4.bytes())) {
            Path file = Files.write(folder.resolve("damaged.D"), damage.bytes());
            Path reel;
            try {
                reel = ImportedCapture.of(file).reel();
            } catch (IOException e) {
                continue; // a refused source: nothing to export
            }
            isTheSameAgain(reel);
            imported++;
        }
        assertTrue(imported > 15, imported + " damages");
    }

    private List<String> tshark(Path file, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(TSHARK.toString(), "-n", "-r", file.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.onExit().join();
        assertEquals(0, process.exitValue());
        return out.lines().toList();
    }

    /** Wireshark dissects inet, unix, packet and netlink sockets; each has one inode. */
    @ParameterizedTest
    @ValueSource(strings = {"live", "snap", "nlmon/tcp.pcap", "nlmon/unix.pcap"})
    void tsharkCountsTheSameSockets(String source) throws IOException {
        assumeTrue(Files.isExecutable(TSHARK), "tshark is not installed");
        Path reel = source.equals("live")
                ? LiveCapture.reel(folder)
                : ImportedCapture.of(Capture.unpack(Capture.MODS).resolve(source)).reel();
        Path file = exported(reel);
        assertEquals(List.of(), tshark(file, "-Y", "_ws.malformed"));
        List<String> inodes =
                tshark(file, "-Y", "netlink.hdr_flags.request == 0 && netlink-sock_diag", "-T", "fields", "-e",
                        "netlink-sock_diag.inode");
        long counted = inodes.stream().mapToLong(l -> l.split(",").length).sum();
        assertEquals(messages(reel), counted);
        assertTrue(tshark(file, "-Y", "frame.comment contains \"sockreel dump\"", "-V").toString()
                .contains("verdict: complete"));
        assertFalse(tshark(file, "-Y", "frame.time_epoch == 0").stream().findAny().isPresent());
    }

    /** Counts the socket messages in the capture's datagrams. */
    private static long messages(Path reel) throws IOException {
        long messages = 0;
        try (SnapshotReader reader = SnapshotReader.open(reel)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                for (Dump d : s.dumps()) {
                    for (Datagram datagram : d.datagrams()) {
                        byte[] bytes = new byte[datagram.data().readableBytes()];
                        datagram.data().getBytes(0, bytes);
                        messages += Walker.walk(bytes, d.order()).stream()
                                .filter(m -> m.type() == 20).count();
                    }
                }
            }
        }
        return messages;
    }
}
