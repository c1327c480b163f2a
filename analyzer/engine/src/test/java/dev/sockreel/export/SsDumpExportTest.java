package dev.sockreel.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.Published;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.source.ImportedCapture;
import dev.sockreel.source.Walker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests files for {@code TCPDIAG_FILE=OUT ss}, by their bytes and with ss itself. */
class SsDumpExportTest {
    private static final ImportedCapture RAW = ImportedCapture.rawWithOwners(Capture.MODS);
    private static final Path SS = Path.of("/usr/bin/ss");

    @TempDir
    private Path folder;

    private Path exported(int snapshot) throws IOException {
        Path out = folder.resolve("out.D");
        try (OutputStream sink = Files.newOutputStream(out)) {
            Exporters.of("ss-dump").orElseThrow().to(sink).write(RAW.snapshot(snapshot));
        }
        return out;
    }

    private static byte[] raw(String name) throws IOException {
        return Files.readAllBytes(Capture.unpack(Capture.MODS).resolve("raw/" + name));
    }

    /** Each message is exported once, byte for byte, without the dumps of listeners and of the old request. */
    @Test
    void theMessagesAreThoseOfTcp4AndTcp6AndOneDoneEndsThem() throws IOException {
        List<Walker.Message> written = Walker.walk(Files.readAllBytes(exported(0)), ByteOrder.LITTLE_ENDIAN);
        List<Walker.Message> expected = new java.util.ArrayList<>();
        for (String name : List.of("tcp4.bin", "tcp6.bin")) {
            Walker.walk(raw(name), ByteOrder.LITTLE_ENDIAN).stream().filter(m -> m.type() == 20).forEach(expected::add);
        }
        assertEquals(135, expected.size());
        assertEquals(expected.size() + 1, written.size());
        for (int i = 0; i < expected.size(); i++) {
            // Everything but nlmsg_seq and nlmsg_pid, which must be the same within a dump.
            byte[] theirs = expected.get(i).bytes();
            byte[] ours = written.get(i).bytes();
            assertTrue(Arrays.equals(theirs, 0, 8, ours, 0, 8)
                    && Arrays.equals(theirs, 16, theirs.length, ours, 16, ours.length), "message " + i);
            assertTrue(Arrays.equals(written.getLast().bytes(), 8, 16, ours, 8, 16), "message " + i);
        }
        assertEquals(Uapi.NLMSG_DONE, written.getLast().type());
        assertEquals(1, written.stream().filter(m -> m.type() == Uapi.NLMSG_DONE).count());
    }

    /** An incomplete dump gets no end, so that its reader complains. */
    @Test
    void aTruncatedDumpGetsNoDone() throws IOException {
        List<Walker.Message> written = Walker.walk(Files.readAllBytes(exported(1)), ByteOrder.LITTLE_ENDIAN);
        assertEquals(65, written.size());
        assertTrue(written.stream().allMatch(m -> m.type() == 20));
    }

    @Test
    void whatIsExportedCanBeImported() throws IOException {
        ImportedCapture again = ImportedCapture.of(exported(0));
        List<String> before = RAW.rows(0).stream()
                .filter(r -> r.socket().netid().equals("tcp")).map(SsDumpExportTest::asSs).sorted().toList();
        assertTrue(again.dumps().getFirst().isComplete(), again.dumps().getFirst().faults().toString());
        assertEquals(before, again.rows(0).stream().map(SsDumpExportTest::asSs).sorted().toList());
    }

    /** ss shows every socket of the capture, IPv6 included, with the same queues. */
    @Test
    void theRealSsReplaysAllOfIt() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SS), "there is no /usr/bin/ss here");
        ProcessBuilder ss = new ProcessBuilder(SS.toString(), "-tanH").redirectErrorStream(true);
        ss.environment().put("TCPDIAG_FILE", exported(0).toString());
        Process process = ss.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        List<String> shown = output.lines()
                .map(l -> String.join(" ", Arrays.copyOf(l.strip().split("\\s+"), 5)))
                .sorted()
                .toList();
        List<String> ours = RAW.rows(0).stream()
                .filter(r -> r.socket().netid().equals("tcp"))
                .map(SsDumpExportTest::asSs)
                .sorted()
                .toList();
        assertEquals(135, ours.size());
        assertEquals(ours, shown);
        assertEquals(7, shown.stream().filter(l -> l.contains("[::") || l.contains("*:20062")).count(), output);
    }

    private Path exported(Snapshot snapshot) throws IOException {
        Path out = folder.resolve("out.D");
        try (OutputStream sink = Files.newOutputStream(out)) {
            Exporters.of("ss-dump").orElseThrow().to(sink).write(snapshot);
        }
        return out;
    }

    /** A dump of the old request is exported as it is, and is the same when it is imported again. */
    @Test
    void repliesToTheOldRequest() throws IOException, InterruptedException {
        ImportedCapture old = ImportedCapture.of(Published.TYPE_18.copy());
        Path out = exported(old.snapshot(0));
        List<Walker.Message> written = Walker.walk(Files.readAllBytes(out), ByteOrder.LITTLE_ENDIAN);
        assertEquals(List.of(18, Uapi.NLMSG_DONE), written.stream().map(Walker.Message::type).toList());
        ImportedCapture again = ImportedCapture.of(out);
        assertEquals(old.rows(0).stream().map(SsDumpExportTest::asSs).toList(),
                again.rows(0).stream().map(SsDumpExportTest::asSs).toList());
        assertEquals(List.of("tcp complete"),
                again.dumps().stream().map(d -> d.family() + " " + d.verdict().id()).toList());
        assumeTrue(Files.isExecutable(SS), "there is no /usr/bin/ss here");
        ProcessBuilder ss = new ProcessBuilder(SS.toString(), "-tanH").redirectErrorStream(true);
        ss.environment().put("TCPDIAG_FILE", out.toString());
        Process process = ss.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertEquals("LISTEN 0 3 192.0.2.1:53 0.0.0.0:*", output.strip().replaceAll(" +", " "));
    }

    /** All replies of the old request, IPv4 and IPv6, as whoever has only them would export them. */
    @Test
    void aDumpOfTheOldRequestHasBothVersionsOfIp() throws IOException {
        Path source = Files.write(folder.resolve("old.D"), raw("tcp_getsock.bin"));
        ExportCount count;
        try (OutputStream sink = Files.newOutputStream(folder.resolve("out.D"))) {
            count = Exporters.of("ss-dump").orElseThrow().to(sink).write(ImportedCapture.of(source).snapshot(0));
        }
        assertEquals(new ExportCount(135, false, Map.of(), Map.of()), count);
        assertEquals(136, Walker.walk(Files.readAllBytes(folder.resolve("out.D")), ByteOrder.LITTLE_ENDIAN).size());
    }

    /** The one NLMSG_DONE of an export ends the dumps of both versions of IP. */
    @Test
    void bothFamiliesOfAnExportAreFoundAgain() throws IOException {
        assertEquals(List.of("tcp4 complete 128", "tcp6 complete 7"),
                ImportedCapture.of(exported(0)).dumps().stream()
                        .map(d -> d.family() + " " + d.verdict().id() + " " + d.sockets()).toList());
        assertEquals(List.of("tcp4 unfinished"), ImportedCapture.of(exported(1)).dumps().stream()
                .map(d -> d.family() + " " + d.verdict().id()).distinct().filter(d -> d.startsWith("tcp4")).toList());
    }

    @Test
    void socketsThatTheFormatCannotHoldAreCounted() throws IOException {
        Snapshot snapshot = RAW.snapshot(0);
        ExportCount count =
                Exporters.of("ss-dump").orElseThrow().to(OutputStream.nullOutputStream()).write(snapshot);
        assertEquals(135, count.sockets());
        assertFalse(count.isEmpty());
        assertEquals(RAW.rows(0).size(), count.sockets() + count.leftOut().values().stream().mapToLong(n -> n).sum());
        assertTrue(count.missing().contains("udp"), count.missing());

        ExportCount proc = Exporters.of("ss-dump").orElseThrow().to(OutputStream.nullOutputStream())
                .write(ImportedCapture.of(Published.PROC_ONLY.copy()).snapshot(0));
        assertEquals(new ExportCount(0, true, Map.of(), Map.of("tcp", 1L)), proc);
        assertEquals("1 socket is left out: 1 known only from the text of /proc/net (1 tcp)", proc.missing());
    }

    private static String asSs(SocketRow row) {
        return row.socket().state() + " " + Math.max(0, row.socket().recvQ().kernelNumber()) + " "
                + Math.max(0, row.socket().sendQ().kernelNumber()) + " " + row.socket().local() + " " + row.peer();
    }
}
