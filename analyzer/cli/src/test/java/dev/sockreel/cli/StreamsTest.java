package dev.sockreel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.cli.printing.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands with streams that their caller gave them, as a program that embeds sockreel runs them. */
class StreamsTest {
    private static final String WHOLE = Captures.WHOLE.toString();

    private static final List<List<String>> COMMANDS = List.of(
            List.of("show", WHOLE, "--all", "--format", "ndjson"), List.of("verify", Captures.CUT.toString()),
            List.of("findings", Captures.PARTIAL.toString()), List.of("info", WHOLE), List.of("show", "--help"),
            List.of("history", WHOLE, "frobnicate"), List.of("ss", WHOLE, "-tan"),
            List.of("show", Captures.MISSING.toString()));

    private static CommandRun run(List<String> words) {
        return CommandRun.of(words.toArray(String[]::new));
    }

    private static void same(CommandRun expected, CommandRun run) {
        assertEquals(expected.out(), run.out());
        assertEquals(expected.err(), run.err());
        assertEquals(expected.exit(), run.exit());
    }

    @Test
    void sideBySideEachPrintsItsOwn() throws Exception {
        List<CommandRun> alone = COMMANDS.stream().map(StreamsTest::run).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(COMMANDS.size())) {
            List<Future<CommandRun>> runs = new ArrayList<>();
            COMMANDS.forEach(words -> runs.add(threads.submit(() -> run(words))));
            for (int i = 0; i < runs.size(); i++) {
                same(alone.get(i), runs.get(i).get());
            }
        }
    }

    /** So the tests that run commands in this JVM prove what users see. */
    @Test
    @Tag("process")
    void aProcessPrintsTheSame() {
        COMMANDS.forEach(
                words -> same(CommandRun.process(Path.of(""), words.toArray(String[]::new)), run(words)));
    }

    @Test
    void standardInputIsTheGivenOne() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream filter = new ByteArrayInputStream("sport = :20001\n".getBytes(UTF_8));
        assertEquals(0, Main.run(Streams.of(filter, out, err), "ss", WHOLE, "-tanH", "-F", "-"));
        assertEquals(CommandRun.of("ss", WHOLE, "-tanH", "sport = :20001").exits(0).out(), out.toString(UTF_8));
        assertTrue(out.toString(UTF_8).contains(":20001 "), out.toString(UTF_8));
    }

    @Test
    void aReaderThatHasGoneEndsItQuietlyAndAFullDiskIs3() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(0,
                Main.run(Streams.of(InputStream.nullInputStream(), failing("Broken pipe"), err), "info", WHOLE));
        assertEquals("", err.toString(UTF_8));
        assertEquals(3, Main.run(
                Streams.of(InputStream.nullInputStream(), failing("No space left on device"), err), "info", WHOLE));
        assertTrue(err.toString(UTF_8).startsWith("sockreel: standard output: No space left on device\n"));
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
