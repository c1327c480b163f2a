package dev.sockreel.unseen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.ImportedCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what the shipped captures do not show; the expected counts are lines of the kernel's own files. */
class UnseenInCapturesTest {
    private static List<Unseen> unseen(ImportedCapture capture) {
        UnseenRun run = new UnseenRun();
        capture.snapshots().forEach(run::add);
        return run.totals().stream().map(UnseenRun.Total::last).toList();
    }

    private static long rows(String capture, String file) throws IOException {
        return Files.readAllLines(Capture.unpack(capture).resolve(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                .stream()
                .filter(l -> l.matches("( *[0-9]+|[0-9a-f]{16}): .*"))
                .count();
    }

    @Test
    void withoutModules() throws IOException {
        List<Unseen> found = unseen(ImportedCapture.folder(Capture.NOMODS, "snap"));
        long tcp = rows(Capture.NOMODS, "snap/5/proc-tcp") + rows(Capture.NOMODS, "snap/5/proc-tcp6");
        long unix = rows(Capture.NOMODS, "snap/5/proc-unix");
        assertTrue(tcp > 50 && unix > 50, tcp + " " + unix);
        assertEquals("the kernel had no tcp_diag when asked: backlog limits, byte counters and cookies of " + tcp
                + " tcp sockets are unknown.", found.get(0).sentence());
        assertEquals("the kernel had no unix_diag when asked: queues, peers and backlog limits of " + unix
                + " unix sockets are unknown.", found.get(1).sentence());
        assertEquals(List.of("handler-missing", "handler-missing", "not-asked", "no-checksums"),
                found.stream().map(Unseen::id).toList());
    }

    @Test
    void withTcpDiagAlone() throws IOException {
        List<Unseen> found = unseen(ImportedCapture.folder(Capture.PARTIAL, "snap"));
        assertEquals(List.of("unix"), found.getFirst().families());
        assertEquals(rows(Capture.PARTIAL, "snap/5/proc-unix"), found.getFirst().sockets());
        assertTrue(found.stream().noneMatch(u -> u.sentence().contains("tcp_diag")), found.toString());
    }

    @Test
    void withAllModules() {
        assertEquals(List.of("not-asked", "no-checksums"),
                unseen(ImportedCapture.folder(Capture.MODS, "snap")).stream().map(Unseen::id).toList());
    }

    @Test
    void imports() {
        List<Unseen> ssDump = unseen(ImportedCapture.folder(Capture.MODS, "ssD/tcp.D"));
        assertEquals(List.of("not-asked", "owners-not-recorded", "no-times", "no-datagram-edges", "no-checksums"),
                ssDump.stream().map(Unseen::id).toList());
        assertEquals(
                "the source (ss-dump) does not have every family: it is not known whether there are udp and"
                        + " unix sockets.",
                ssDump.getFirst().sentence());
        List<Unseen> tables = unseen(ImportedCapture.folder(Capture.NOMODS, "proc-before"));
        assertEquals(List.of("from-proc", "not-asked", "owners-not-recorded", "no-times", "no-checksums"),
                tables.stream().map(Unseen::id).toList());
        assertTrue(tables.get(1).sentence().contains("4 sctp sockets are not shown"),
                "counted in its protocols: " + tables);
        List<Unseen> raw = unseen(ImportedCapture.folder(Capture.NOMODS, "raw"));
        assertTrue(raw.getFirst().what().startsWith("it is not known whether there are tcp, unix, "), raw.toString());
        assertEquals(Unseen.NOT_KNOWN, raw.getFirst().sockets());
    }

    /** The capture was recorded by root on a kernel with all handlers but one. */
    @Test
    void aLiveRecording(@TempDir Path folder) throws IOException {
        UnseenRun run = new UnseenRun();
        try (SnapshotReader reader = SnapshotReader.open(LiveCapture.reel(folder))) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                run.add(s);
            }
        }
        assertEquals(
                List.of("the kernel had no raw_diag when asked: cookies and bound devices of 1 raw socket are"
                        + " unknown."),
                run.totals().stream().map(t -> t.last().sentence()).toList());
    }

    /** UNKNOWNS.md explains every id that occurs in the captures. */
    @Test
    void eachIsExplained() throws IOException {
        String doc = Files.readString(Path.of("UNKNOWNS.md"));
        for (String name : Capture.names()) {
            for (String folder : List.of("snap", "raw", "proc-before", "user/raw", "ssD/tcp.D")) {
                if (!name.equals(Capture.NOMODS) || !folder.startsWith("ssD")) {
                    unseen(ImportedCapture.folder(name, folder))
                            .forEach(u -> assertTrue(doc.contains("`" + u.id() + "`"), u.id()));
                }
            }
        }
    }
}
