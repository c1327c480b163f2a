package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.detector.FindingsRun;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import dev.sockreel.fixtures.Live;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo on this machine's kernel. */
@Live
class LiveDemoTest {
    private static final Pattern ROLE = Pattern.compile("^  (demo-[a-z]+) +(\\d+)  \\S.*");
    private static final int COLUMNS = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @BeforeEach
    void onLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "the demo records a Linux kernel");
    }

    @Test
    void eachProcessHasTheCauseItIsThereFor() throws IOException {
        placeFilesOfAnEarlierRun();
        CommandRun demo = CommandRun.process(folder, "demo", "--force").isPrintable();
        assertTrue(Set.of(0, 4).contains(demo.exit()), demo::toString); // others may tear a dump
        // in a pipe command lines and the lines of lesser causes are whole
        assertEquals(List.of(), demo.out().lines()
                .filter(l -> l.length() > COLUMNS && !l.startsWith("INFO") && !l.contains("/java ")).toList());
        Map<String, Integer> pids = pids(demo.out().lines().toList());
        assertEquals(11, pids.size(), demo::toString);
        List<Cause> causes = causes(folder.resolve("demo.reel"));

        Cause reader = cause(causes, pids, "demo-reader", What.NOT_READING, Severity.CRITICAL);
        // on a busy machine the recorder may not get to look at a thread: then that is not known
        assertNotEquals(false, victim(reader, pids, "demo-writer").blocked(), reader::toString);
        assertEquals(Certainty.PROVED, reader.certainty());
        Cause sleeper = cause(causes, pids, "demo-sleeper", What.NOT_READING, Severity.WARNING);
        assertFalse(victim(sleeper, pids, "demo-sender").isBlocked(), sleeper::toString);
        assertEquals(17, sleeper.bytes());
        Cause logger = cause(causes, pids, "demo-logger", What.WAITING, Severity.INFO);
        assertEquals(Certainty.CANNOT_TELL, logger.certainty());
        Cause server = cause(causes, pids, "demo-server", What.NOT_ACCEPTING, Severity.CRITICAL);
        assertNotEquals(false, victim(server, pids, "demo-caller").blocked(), server::toString);
        Cause backend = cause(causes, pids, "demo-backend", What.NOT_READING, Severity.CRITICAL);
        assertNotEquals(false, victim(backend, pids, "demo-proxy").blocked(), backend::toString);
        Cause proxy = cause(causes, pids, "demo-proxy", What.NOT_READING, Severity.CRITICAL);
        assertNotEquals(false, victim(proxy, pids, "demo-uploader").blocked(), proxy::toString);

        if (victim(backend, pids, "demo-proxy").blocked() != null) {
            assertEquals(backend.id(), proxy.waitsFor(), "the proxy is not to blame");
        }
        for (Cause root : List.of(reader, sleeper, logger, server, backend)) {
            assertNull(root.waitsFor(), root::toString);
        }
        assertTrue(proxy.waitsFor() == null || causes.indexOf(backend) < causes.indexOf(proxy), causes::toString);
        for (Cause cause : List.of(reader, sleeper, logger, server, backend, proxy)) {
            assertTrue(demo.out().contains("  " + cause.id() + "  "), () -> cause.id() + " is not printed: " + demo);
        }
        String page = Files.readString(folder.resolve("demo.html"));
        assertEquals(List.of(), pids.keySet().stream().filter(role -> !page.contains(role)).toList());
        verify();
    }

    private void verify() {
        // others change the host's sockets meanwhile: a dump may be torn, but the file is whole
        CommandRun verify = CommandRun.of(folder.resolve("demo.reel"), "verify");
        List<String> faults = verify.exit() == 0 ? List.of() : verify.exits(1).out().lines().toList();
        assertTrue(faults.stream().limit(Math.max(0, faults.size() - 1))
                .allMatch(l -> l.matches(".*: snapshot \\d+, \\w+ \\(dump \\d+\\).*")), verify::toString);
    }

    @Test
    void aCauseThatIsMissedIsAFailure() throws IOException, InterruptedException {
        Process demo = start();
        try (BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            int sleeper = pid(pidsOnceRecording(out), "demo-sleeper");
            ProcessHandle.of(sleeper).orElseThrow().destroyForcibly();
            while (out.readLine() != null) {
                // to its end
            }
        }
        assertEquals(3, demo.waitFor());
        String err = Files.readString(folder.resolve("err"));
        assertTrue(err.contains("demo-sleeper was not found as expected"), err);
        assertFalse(err.contains("Exception"), err);
    }

    @Test
    void noProcessOutlivesADemoThatIsKilled() throws IOException, InterruptedException {
        Process demo = start();
        Map<String, Integer> pids;
        try (BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            pids = pidsOnceRecording(out);
            assertEquals(pids.keySet(), Set.copyOf(alive(pids)));
            demo.destroyForcibly().waitFor();
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!alive(pids).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertEquals(List.of(), alive(pids));
    }

    @Test
    void aPageOfSomebodyElseStays() throws IOException {
        Files.writeString(folder.resolve("demo.html"), "<html>mine</html>");
        CommandRun demo = CommandRun.process(folder, "demo").exits(3).saysOnly(1);
        assertTrue(demo.err().contains("demo.html: already exists"), demo.toString());
        assertEquals("<html>mine</html>", Files.readString(folder.resolve("demo.html")));
    }

    @Test
    void aLinkThatLeadsNowhereIsRefusedBeforeARecording() throws IOException {
        for (String name : List.of("demo.reel", "demo.html")) {
            Path link = Files.createSymbolicLink(folder.resolve(name), Path.of("nowhere"));
            CommandRun demo = CommandRun.process(folder, "demo").exits(3).saysOnly(1);
            assertTrue(demo.err().contains(name + ": is a link to "), demo.toString());
            Files.delete(link);
        }
        assertTrue(Files.notExists(folder.resolve("nowhere")));
    }

    private void placeFilesOfAnEarlierRun() throws IOException {
        Path reel = folder.resolve("demo.reel");
        try (InputStream in = Main.class.getResourceAsStream("demo/amd64-6.1-snapshots.reel")) {
            Files.copy(Objects.requireNonNull(in), reel);
        }
        CommandRun.of(reel, "report", "-o", folder.resolve("demo.html").toString()).exits(0);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(CommandRun.javaAnd("demo"))
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Reads until the demo records; returns its processes by name. */
    private static Map<String, Integer> pidsOnceRecording(BufferedReader out) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.startsWith("Recording")) {
                break;
            }
        }
        return pids(lines);
    }

    private static Map<String, Integer> pids(List<String> lines) {
        Map<String, Integer> pids = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher role = ROLE.matcher(line);
            if (role.matches()) {
                pids.put(role.group(1), Integer.parseInt(role.group(2)));
            }
        }
        return pids;
    }

    private static int pid(Map<String, Integer> pids, String role) {
        return Objects.requireNonNull(pids.get(role), role);
    }

    /** Returns the names of those processes that have not ended. */
    private static List<String> alive(Map<String, Integer> pids) {
        return pids.entrySet().stream().filter(e -> {
            try {
                String stat = Files.readString(Path.of("/proc/" + e.getValue() + "/stat"));
                return stat.contains("(" + e.getKey() + ")") && !stat.contains(") Z ");
            } catch (IOException ended) {
                return false;
            }
        }).map(Map.Entry::getKey).toList();
    }

    private static List<Cause> causes(Path reel) throws IOException {
        FindingsRun run = new FindingsRun(Thresholds.DEFAULT);
        try (SnapshotReader reader = SnapshotReader.open(reel)) {
            for (Snapshot snapshot = reader.next(); snapshot != null; snapshot = reader.next()) {
                run.add(snapshot);
            }
        }
        return run.finish().causes();
    }

    /** Returns the only cause of this kind that accuses a process before all others. */
    private static Cause cause(
            List<Cause> causes, Map<String, Integer> pids, String role, What what, Severity severity) {
        List<Cause> found = causes.stream().filter(c -> c.what() == what && first(c) == pid(pids, role)).toList();
        assertEquals(1, found.size(), () -> role + ": " + causes);
        boolean isUnseen = found.getFirst().victims().stream().anyMatch(v -> v.blocked() == null);
        assertTrue(found.getFirst().severity() == severity
                || isUnseen && found.getFirst().severity() == Severity.WARNING, found::toString);
        return found.getFirst();
    }

    private static int first(Cause cause) {
        List<Owner> owners = cause.processes();
        return owners == null || owners.isEmpty() ? 0 : owners.getFirst().pid();
    }

    private static Victim victim(Cause cause, Map<String, Integer> pids, String role) {
        return cause.victims().stream().filter(v -> v.pid() == pid(pids, role)).findFirst()
                .orElseThrow(() -> new AssertionError(role + " is no victim of " + cause));
    }
}
