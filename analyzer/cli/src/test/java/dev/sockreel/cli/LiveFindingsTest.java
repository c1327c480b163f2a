package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.cli.Incident.Role;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.Live;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks {@code findings --live} about a reader that stopped, in another network namespace. */
@Live
class LiveFindingsTest {
    private static final String READS_NOTHING = """
            l = listen(int(sys.argv[2]))
            ready()
            a = l.accept()[0]
            ready()
            rest()
            """;
    private static final String SENDS_40_BYTES = """
            s = dial(int(sys.argv[2]))
            s.send(b'x' * 40)
            ready()
            rest()
            """;
    private static final Pattern FILE = Pattern.compile("to (\\S+/live\\.reel)");

    @TempDir
    private Path folder;

    @BeforeEach
    void needsNamespacesAndPython() {
        assumeTrue(Incident.isAvailable(), "the roles need Linux, root, ip, ss and python3");
    }

    private static void assertFound(Role reader, CommandRun run) {
        assertTrue(Set.of(0, 1, 4).contains(run.exit()), run::toString); // others may tear a dump
        Map<String, @Nullable Object> answer = JsonTree.object(run.out());
        List<Object> accused = JsonTree.asObjects(answer.get("causes")).stream()
                .filter(c -> "not-reading".equals(c.get("what")) && Long.valueOf(40).equals(c.get("bytes")))
                .map(c -> String.valueOf(JsonTree.asObjects(c.get("processes")).getFirst().get("pid")))
                .map(pid -> (Object) pid).toList();
        assertEquals(List.of(Integer.toString(reader.pid())), accused, run::toString);
    }

    @Test
    void aStuckReaderIsFoundAndNoFileIsLeft() throws IOException {
        try (Incident incident = new Incident()) {
            Role reader = incident.start("reader", READS_NOTHING, 7001);
            incident.start("client", SENDS_40_BYTES, 7001);
            reader.awaitReady();
            CommandRun run = CommandRun.of("findings", "--live", "--format", "json", "--fail-on", "warning");
            assertFound(reader, run);
            assertEquals(1, run.exit(), run::toString);
            Matcher file = FILE.matcher(run.err());
            assertTrue(file.find(), run::toString);
            assertFalse(Files.exists(Path.of(file.group(1)).resolveSibling("")), "its folder is gone too");

            Path kept = folder.resolve("kept.reel");
            assertFound(reader, CommandRun.of("findings", "--live", "4s", "-o", kept.toString(), "--format", "json"));
            CommandRun again = CommandRun.of(kept, "findings", "--format", "json");
            assertFound(reader, again);
            CommandRun.of("findings", "--live", "-o", kept.toString()).exits(3).saysOnly(1);
        }
    }

    /** The answer is about what was recorded until then. */
    @Test
    void anInterruptEndsTheRecordingAndNotTheAnswer() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> words = CommandRun.javaAnd("findings", "--live", "1h", "--format", "json");
        words.add(1, "-Djava.io.tmpdir=" + temporary);
        Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        for (int i = 0; i < 2400 && !isRecording(temporary); i++) {
            TimeUnit.MILLISECONDS.sleep(25);
        }
        process.toHandle().destroy(); // SIGTERM; its output stays open
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(Set.of(0, 4).contains(process.waitFor()), () -> process.exitValue() + " " + out);
        assertTrue(JsonTree.object(out).containsKey("causes"), out);
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static boolean isRecording(Path temporary) throws IOException {
        try (Stream<Path> all = Files.walk(temporary)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) > 3000) {
                    return true;
                }
            }
        } catch (UncheckedIOException e) {
            return false; // a file got another name
        }
        return false;
    }
}
