package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks how users see what a capture does not show: place, width and format. */
class UnseenTextTest {
    private static final Path NOMODS =
            Captures.imported(Capture.unpack(Capture.NOMODS).resolve("snap"), "nomods-snap.reel", 0);
    private static final String UNIX =
            "the kernel had no unix_diag when asked: queues, peers and backlog limits of 125"
                    + " unix sockets are unknown.";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** Joins lines. */
    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void infoShowsItAndWhatWouldChangeIt() {
        CommandRun info = CommandRun.of(NOMODS, "info").exits(0);
        assertTrue(flat(info.out()).contains(UNIX + " Run modprobe unix_diag on that host and record again."),
                info.toString());
        List<String> prose = info.out().lines().dropWhile(l -> !l.equals("not shown by this capture:")).toList();
        assertTrue(prose.size() > 5, info.toString());
        prose.forEach(l -> assertTrue(l.length() <= 80, l));
    }

    @Test
    void infoAndFindingsHaveItAsJson() {
        for (String command : List.of("info", "findings")) {
            CommandRun run = CommandRun.of(NOMODS, command, "--format", "json").exits(0);
            Object value = JsonTree.parse(run.out());
            Map<String, @Nullable Object> answer =
                    value instanceof List<?> ? JsonTree.asObjects(value).getFirst() : JsonTree.asObject(value);
            List<Map<String, @Nullable Object>> unseen = JsonTree.asObjects(answer.get("unseen"));
            Map<String, @Nullable Object> unix = unseen.stream()
                    .filter(u -> List.of("unix").equals(u.get("families"))).findFirst().orElseThrow();
            assertEquals("handler-missing", unix.get("id"));
            assertEquals(125L, unix.get("sockets"));
            assertEquals(5L, unix.get("snapshots"));
            assertEquals(true, unix.get("weakensFindings"));
            assertEquals(UNIX, unix.get("sentence"));
            assertEquals("run modprobe unix_diag on that host and record again", unix.get("remedy"));
            Map<String, @Nullable Object> checksums = unseen.getLast();
            assertEquals("no-checksums", checksums.get("id"));
            assertTrue(checksums.containsKey("sockets") && checksums.get("sockets") == null, checksums.toString());
        }
    }

    /** The output of findings begins with what weakens them, and omits the rest. */
    @Test
    void findingsBeginWithIt() {
        CommandRun findings = CommandRun.of(NOMODS, "findings").exits(0);
        assertTrue(findings.out().startsWith("What could not be seen"), findings.toString());
        assertTrue(flat(findings.out()).contains(UNIX), findings.toString());
        assertFalse(findings.out().contains("checksums"), findings.toString());
        assertFalse(findings.out().contains("PROVED") || findings.out().contains("(proved)"), findings.toString());
        findings.out().lines().takeWhile(l -> !l.isEmpty()).forEach(l -> assertTrue(l.length() <= 80, l));
    }

    @Test
    void aWholeCaptureOfAllThatIsAskedIsSilent() {
        CommandRun findings = CommandRun.of(Captures.WHOLE, "findings").exits(0);
        assertFalse(findings.out().contains("unix_diag") || findings.out().contains("tcp_diag"), findings.toString());
    }

    @Test
    void rowsOfProcHaveQuestionMarksForWhatTheyLack() {
        CommandRun show = CommandRun.of(NOMODS, "show", "-x").exits(0);
        List<String> rows = show.out().lines().filter(l -> l.startsWith("u_")).toList();
        assertTrue(rows.size() > 100, show.toString());
        for (String row : rows) {
            List<String> cells = List.of(row.split("\\s+"));
            assertEquals(List.of("?", "?"), cells.subList(2, 4), row);
            assertEquals(cells.get(1).equals("LISTEN") ? "-" : "?", cells.get(4), row);
        }
    }

    /** A support bundle packed by tar is imported without naming its format. */
    @Test
    void aBundleIsImportedByItsContentAlone() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/tar")) || Files.isExecutable(Path.of("/usr/bin/tar")),
                "there is no tar");
        Path net = Files.createDirectories(folder.resolve("sosreport-web1/proc/net"));
        for (String table : List.of("tcp", "tcp6", "udp", "unix", "sockstat", "protocols")) {
            Files.copy(Capture.unpack(Capture.NOMODS).resolve("proc-before").resolve(table), net.resolve(table));
        }
        Files.writeString(folder.resolve("sosreport-web1/uname"), "Linux web1 6.1.0 #1 SMP x86_64 GNU/Linux\n");
        Files.createSymbolicLink(folder.resolve("sosreport-web1/date"), Path.of("/etc/shadow"));
        CommandRun.started(folder, List.of("tar", "cJf", "report.tar.xz", "sosreport-web1")).exits(0);
        Path reel = folder.resolve("y.reel");
        CommandRun run = CommandRun.of(folder.resolve("report.tar.xz"), "import", "-o", reel.toString()).exits(0);
        assertTrue(run.err().contains("(proc-net): 1 snapshot"), run.toString());
        assertTrue(run.err().contains("a copy of it has no time") && run.err().contains("has no checksums"),
                run.toString());
        CommandRun info = CommandRun.of(reel, "info").exits(0);
        assertTrue(flat(info.out()).contains("host web1, Linux 6.1.0 x86_64"), info.toString());
        CommandRun named = CommandRun.of(folder.resolve("report.tar.xz"), "import", "--from", "proc-net", "-o",
                folder.resolve("z.reel").toString()).exits(0);
        assertEquals(run.err().replace("y.reel", ""), named.err().replace("z.reel", ""));
        byte[] bytes = Files.readAllBytes(folder.resolve("report.tar.xz"));
        Path cut = Files.write(folder.resolve("cut.tar.xz"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        CommandRun.of(cut, "import", "-o", folder.resolve("cut.reel").toString()).exits(3).saysOnly(1);
        assertTrue(Files.notExists(folder.resolve("cut.reel")), "nothing is left of an import that failed");
        CommandRun.of(cut, "import", "--from", "ss-dump", "-o", folder.resolve("cut.reel").toString()).exits(3)
                .saysOnly(1);
    }

    /** Processes come and go between the two looks at the host. */
    @Test
    void probeSaysWhatARecordingWouldNotShow() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/net/protocols")), "needs Linux");
        Again.same(look -> {
            String text = CommandRun.of("probe").exits(0).out();
            text.lines().forEach(l -> assertTrue(l.length() <= 80, l));
            Object unseen = JsonTree.object(CommandRun.of("probe", "--format", "json").exits(0).out()).get("unseen");
            return unseen instanceof List<?> all ? all.stream()
                    .map(String::valueOf)
                    .filter(s -> !flat(text).contains(s))
                    .collect(Collectors.joining("\n")) : "no list: " + unseen;
        });
    }
}
