package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIME in every command that takes one, within and outside a live capture of five snapshots, a second apart. */
class TimesTest {
    private static final String SPAN =
            "snapshots 0 to 4, from 2026-11-22T14:45:15.428948913Z to 2026-11-22T14:45:19.441578304Z";

    @TempDir
    private Path folder = Path.of("");

    private Path reel = folder;

    @BeforeEach
    void unpack() throws IOException {
        reel = LiveCapture.reel(folder);
    }

    private CommandRun run(List<String> command, String... more) {
        List<String> words = new ArrayList<>(command);
        words.add(1, reel.toString());
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    static Stream<List<String>> takers() {
        return Stream.of(List.of("show"), List.of("ss"), List.of("peers", "127.0.0.1:23877 0.0.0.0:*"),
                List.of("export", "--to", "csv", "-o", "OUT"));
    }

    @ParameterizedTest
    @CsvSource({
        "-0s, 4", "-1s, 3", "-2s, 2", "-900ms, 3", "-4s, 0", "+0s, 0", "+1500ms, 1", "+4s, 3", "+4001ms, 4",
        "2026-11-22T14:45:15.428948913Z, 0", "2026-11-22T14:45:17Z, 1", "2026-11-22T14:45:19.441578304Z, 4",
        "14:45:18, 2"
    })
    void theLastSnapshotBegunByThenIsShown(String time, int snapshot) {
        for (CommandRun run : List.of(run(List.of("show"), "--at", time), run(List.of("show"), "--at=" + time),
                run(List.of("show"), "-4", "--at", time, "-6"))) {
            assertTrue(run.exits(0).err().contains("snapshot " + snapshot + ", "), run.toString());
            assertEquals(time.equals("14:45:18"), run.err().startsWith(
                    "14:45:18 read as 2026-11-22T14:45:18Z (UTC)\nsnapshot 2, "), run.toString());
        }
    }

    /** Snapshots 3 and 4 are dated an hour before 0 to 2: the end is that of snapshot 4, the start that of 0. */
    @ParameterizedTest
    @CsvSource({
        "-0s, 4", "-900ms, 3", "+0s, 0", "+2s, 1", "+2030ms, 2", "2026-11-22T13:45:18.9Z, 3",
        "2026-11-22T14:45:17Z, 1", "2026-11-22T14:00:00Z, 4"
    })
    void aClockThatWasSetBackIsNoTrouble(String time, int snapshot) throws IOException {
        reel = Rewritten.withStep(reel, 3, -3_600_000_000_000L, folder.resolve("stepped.reel"));
        CommandRun run = run(List.of("show"), "--at", time);
        assertTrue(run.exits(0).err().startsWith("snapshot " + snapshot + ", "), run.toString());
    }

    @Test
    void theDurationOfADiffIsThatOfTheMonotonicClock() throws IOException {
        reel = Rewritten.withStep(reel, 3, -3_600_000_000_000L, folder.resolve("stepped.reel"));
        String diff = run(List.of("diff"), "--from", "0", "--to", "4").exits(0).out();
        assertTrue(diff.contains("13:45:19") && diff.contains(", 4.0 s later"), diff);
    }

    @ParameterizedTest
    @MethodSource("takers")
    void everyCommandTakesATimeBeforeTheEnd(List<String> command) throws IOException {
        for (String time : List.of("-1s", "-2s", "-40s", "-4m", "-6s", "-6m", "-5m", "-1h", "-2d", "-600ms")) {
            for (String[] option : new String[][] {{"--at", time}, {"--at=" + time}}) {
                Path out = folder.resolve("out.csv");
                List<String> words =
                        command.stream().map(w -> w.equals("OUT") ? out.toString() : w).toList();
                CommandRun run = run(words, option);
                boolean within = List.of("-1s", "-2s", "-600ms").contains(time);
                run.exits(within ? 0 : 3);
                assertEquals(!within, run.err().contains("has no snapshot at " + time + " (2026-11-2"), run.toString());
                assertEquals(within && command.contains("OUT"), Files.deleteIfExists(out));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--at 12:00", "--at 14:45", "--at 14:46", "--at -40s", "--at +90s", "--at 2026-11-22T14:45:15.428948912Z",
        "--at 2026-11-22T14:45:19.441578305Z", "--at 1999-01-01T00:00:00Z", "--snapshot 5", "--snapshot 99"
    })
    void outsideIsRefusedWithTheSpan(String option) {
        for (List<String> command : takers().toList()) {
            List<String> words = command.stream()
                    .map(w -> w.equals("OUT") ? folder.resolve("out.csv").toString() : w)
                    .toList();
            CommandRun run = run(words, option.split(" ", -1)).exits(3).saysOnly(1);
            assertTrue(run.err().startsWith("sockreel: " + reel + " has no snapshot "), run.toString());
            assertTrue(run.err().endsWith(": it has " + SPAN + "\n"), run.toString());
            assertFalse(Files.exists(folder.resolve("out.csv")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--at -4x", "--at -5", "--at -4", "--at --all", "--at -t", "--at", "--snapshot -4", "--snapshot 1 --at -1s",
        "--at -1s --snapshot 1", "--at=-4s --all"
    })
    void whatIsNoTimeIsAWrongCommandLine(String options) {
        run(List.of("show"), options.split(" ", -1)).exits(2).saysOnly(2);
    }

    @ParameterizedTest
    @CsvSource({
        "--from -4m --to -1s, 0, 3", "--from=-6s --to=-1s, 0, 3", "--from -2s --to +40s, 2, 4", "--from -3s, 1, 4",
        "--from 0 --to 99, 0, 4", "--from 2 --to 14:46, 2, 4", "--from 12:00 --to -0s, 0, 4", "--to -6m, 0, 0",
        "--from 99, 4, 4"
    })
    void theRangeOfADiffIsClamped(String options, int from, int to) {
        CommandRun run = run(List.of("diff"), options.split(" ", -1));
        if (from == to) {
            assertTrue(run.exits(2).err().contains("both are snapshot " + from + " of "), run.toString());
            return;
        }
        List<String> lines = run.exits(0).out().lines().toList();
        assertTrue(lines.get(0).startsWith("from snapshot " + from + ", "), run.toString());
        assertTrue(lines.get(1).startsWith("to   snapshot " + to + ", "), run.toString());
    }

    /** The same two snapshots begin and end the range as those that diff compares. */
    @ParameterizedTest
    @CsvSource({
        "--from -2s, 2, 4", "--from=-3s --to=-1s, 1, 3", "--from -4m, 0, 4", "--to +40s, 0, 4", "--from 1, 1, 4",
        "--from 0 --to 99, 0, 4", "--to 1, 0, 1", "--from +1s --to 3, 0, 3", "--from 4, 4, 4", "--to +0s, 0, 0"
    })
    void findingsAndHistoryReadARange(String options, int from, int to) {
        String[] words = options.split(" ", -1);
        CommandRun findings = run(List.of("findings"), words).exits(0);
        int snapshots = to - from + 1;
        assertTrue(findings.out().contains(" in " + snapshots + (snapshots == 1 ? " snapshot" : " snapshots")),
                findings.toString());
        List<String> history = new ArrayList<>(List.of("127.0.0.1:23877 0.0.0.0:*", "--format", "ndjson"));
        history.addAll(List.of(words));
        List<Map<String, @Nullable Object>> points =
                JsonTree.lines(run(List.of("history"), history.toArray(String[]::new)).exits(0).out());
        assertEquals((long) from, points.getFirst().get("snapshot"));
        assertEquals((long) to, points.getLast().get("snapshot"));
        assertEquals(snapshots, points.size());
        if (from < to) {
            List<String> diff = run(List.of("diff"), words).exits(0).out().lines().toList();
            assertTrue(diff.get(0).startsWith("from snapshot " + from + ", "), diff.get(0));
            assertTrue(diff.get(1).startsWith("to   snapshot " + to + ", "), diff.get(1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--from 5, from 5", "--from 14:46, from 14:46 (2026-11-22T14:46:00.000000000Z)", "--to -40s, up to -40s",
        "--from 7 --to 9, from 7 up to 9",
        "--from -2h --to -1h, from -2h up to -1h"
    })
    void aRangeOutsideIsRefusedWithTheSpan(String options, String said) {
        for (List<String> command : List.of(List.of("findings"), List.of("history", "ino:938497"))) {
            CommandRun run = run(command, options.split(" ", -1)).exits(3).saysOnly(1);
            assertEquals("sockreel: " + reel + " has no snapshot " + said + ": it has " + SPAN + "\n", run.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--from 3 --to 1", "--from -1s --to -3s", "--from soon", "--to -4x", "--from"})
    void whatIsNoRangeIsAWrongCommandLine(String options) {
        for (List<String> command : List.of(List.of("findings"), List.of("history", "ino:938497"))) {
            run(command, options.split(" ", -1)).exits(2).saysOnly(2);
        }
    }

    /** An answer about a range is not one about another. */
    @Test
    void aCachedAnswerIsOfItsRange() {
        String cache = folder.resolve("cache").toString();
        for (String[] range : new String[][] {{}, {"--from", "-2s"}, {"--to", "-2s"}, {"--from", "2", "--to", "-1s"}}) {
            String without = run(List.of("findings", "--no-cache"), range).exits(0).out();
            for (int i = 0; i < 2; i++) {
                assertEquals(without, run(List.of("findings", "--cache", cache), range).exits(0).out());
            }
        }
    }

    /** A capture without times has no span to compare with: a snapshot is named by its number. */
    @Test
    void withoutTimesNumbersAreWithinTheirRangeToo() {
        Path untimed = Captures.imported(Capture.unpack(Capture.MODS).resolve("ssD/tcp.D"), "untimed.reel", 0);
        CommandRun outside = CommandRun.of(untimed, "show", "--snapshot", "1").exits(3).saysOnly(1);
        assertEquals("sockreel: " + untimed + " has no snapshot 1: it has only snapshot 0\n", outside.err());
        CommandRun timed = CommandRun.of(untimed, "show", "--at", "-4m").exits(2).saysOnly(2);
        assertTrue(timed.err().contains("the capture has no times: choose a snapshot by its number"), timed.toString());
    }
}
