package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that output with a cache equals output without one, byte for byte, even for damaged captures. */
class CachedAnswersTest {
    @TempDir
    private Path home;

    static Stream<List<String>> questions() {
        String whole = Captures.WHOLE.toString();
        return Stream.of(
                List.of("findings", whole), List.of("findings", whole, "--format", "json"),
                List.of("findings", whole, "--min-snapshots", "2", "--format", "csv"),
                List.of("findings", whole, "--fail-on", "critical", "--format", "ndjson"),
                List.of("findings", Captures.TRUNCATED.toString(), "--format", "json"),
                List.of("findings", Captures.CUT.toString()), List.of("findings", Captures.FLIPPED.toString(), whole),
                List.of("findings", Captures.UNAVAILABLE.toString(), "--format", "json"),
                List.of("findings", Captures.PARTIAL.toString()),
                List.of("history", whole, "cookie:40"), List.of("history", whole, "cookie:40", "--format", "json"),
                List.of("history", whole, "cookie:40", "--format", "csv"),
                List.of("history", Captures.FLIPPED.toString(), "cookie:40", "--format", "ndjson"),
                List.of("history", Captures.CUT.toString(), "cookie:40"),
                List.of("history", whole, "state", "listening"), List.of("history", whole, "cookie:999999"));
    }

    private CommandRun run(List<String> args, String... more) {
        List<String> all = new ArrayList<>(args);
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void theSameIsPrinted(List<String> args) throws IOException {
        String cache = home.resolve("cache").toString();
        CommandRun without = run(args, "--no-cache");
        CommandRun first = run(args, "--cache", cache);
        Map<Path, byte[]> kept = contents();
        CommandRun second = run(args, "--cache", cache);
        for (CommandRun with : List.of(first, second)) {
            assertEquals(without.out(), with.out());
            assertEquals(without.err(), with.err());
            assertEquals(without.exit(), with.exit());
        }
        boolean answered = !without.out().isEmpty();
        assertEquals(answered ? 1 : 0, kept.size(), "what is kept");
        for (Map.Entry<Path, byte[]> file : kept.entrySet()) {
            byte[] bad = file.getValue().clone();
            bad[bad.length / 2] ^= 1;
            Files.write(file.getKey(), bad);
            assertEquals(without.out(), run(args, "--cache", cache).out(), "with a damaged cache");
        }
    }

    /** Returns the files in the cache's folder. */
    private Map<Path, byte[]> contents() throws IOException {
        Map<Path, byte[]> all = new TreeMap<>();
        Path folder = home.resolve("cache");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    all.put(file, Files.readAllBytes(file));
                }
            }
        }
        return all;
    }

    /** Shows that the cache is read, not only written. */
    @Test
    void whatIsKeptIsWhatIsPrinted() throws IOException {
        String cache = home.resolve("cache").toString();
        Path a = Files.copy(Captures.WHOLE, home.resolve("a.reel"));
        CommandRun first = CommandRun.of(a, "findings", "--cache", cache).exits(0);
        Path file = contents().keySet().iterator().next();
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
        assertEquals(first.out(), CommandRun.of(a, "findings", "--cache", cache).out());
        assertTrue(Files.getLastModifiedTime(file).toMillis() > 0, "it was not asked");
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
        CommandRun.of(a, "findings", "--no-cache").exits(0);
        assertEquals(0, Files.getLastModifiedTime(file).toMillis(), "it was asked");
        Path b = Files.copy(a, home.resolve("b.reel"));
        assertEquals(first.out(), CommandRun.of(b, "findings", "--cache", cache).out());
        assertTrue(Files.getLastModifiedTime(file).toMillis() > 0, "the same capture under another name");
    }

    @Test
    void namesAreThoseOfToday() throws IOException {
        String cache = home.resolve("cache").toString();
        Path a = Files.copy(Captures.FLIPPED, home.resolve("a.reel"));
        CommandRun.of(a, "findings", "--cache", cache).exits(4);
        Path b = Files.move(a, home.resolve("b.reel"));
        CommandRun again = CommandRun.of(b, "findings", "--cache", cache).exits(4);
        assertEquals(1, contents().size());
        assertTrue(again.err().contains(b + ": ") && !again.err().contains(a.toString()), again::toString);
    }

    @Test
    void aCacheThatCannotBeWrittenIsNoFailure() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        CommandRun run = CommandRun.of(Captures.WHOLE, "findings", "--cache", file.resolve("x").toString()).exits(0);
        assertTrue(run.err().startsWith("sockreel: cannot use the cache in ") && run.err().lines().count() == 1,
                run::toString);
        assertFalse(run.out().isEmpty());
    }
}
