package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.ReelLies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands on files whose checksums are right but whose statements contradict each other. Each contradiction
 * is reported with its place, no command ends as if nothing were wrong, and all of them pass over the same records.
 */
class LyingReelTest {
    private static final Pattern PLACE = Pattern.compile("(?m)^\\S+: contradiction: byte \\d+, group \\d+.*: .+$");
    private static final Pattern IN_FILE = Pattern.compile("(?m)^\\S+: (contradiction|checksum|file-cut): byte ");

    @TempDir
    Path folder = Path.of("");

    @TestFactory
    Stream<DynamicTest> lies() throws IOException {
        Path good = LiveCapture.reel(folder);
        assertEquals(0, CommandRun.of(good, "verify").exit());
        Map<String, byte[]> lies = ReelLies.of(Files.readAllBytes(good));
        return lies.entrySet().stream().map(lie -> DynamicTest.dynamicTest(lie.getKey(), () -> check(lie, good)));
    }

    private void check(Map.Entry<String, byte[]> lie, Path good) throws IOException {
        Path file = Files.write(folder.resolve(lie.getKey() + ".reel"), lie.getValue());
        CommandRun verify = CommandRun.of(file, "verify");
        assertEquals(1, verify.exit(), verify::out);
        assertTrue(PLACE.matcher(verify.out()).find(), verify::out);
        List<CommandRun> runs = new ArrayList<>();
        for (List<String> words : commands(file)) {
            runs.add(CommandRun.of(words.toArray(String[]::new)));
        }
        assertAll(runs.stream().map(run -> () -> assertEquals(4, run.exit(), () -> run.words() + run.err())));
        if (!lie.getKey().equals("namespace-unknown")) { // whose rows lack the namespace
            assertRowsAreOf(good, file);
        }
        recovered(file);
    }

    private List<List<String>> commands(Path file) {
        String reel = file.toString();
        return List.of(
                List.of("info", reel), List.of("show", reel, "--all"), List.of("show", reel, "--snapshot", "1"),
                List.of("show", reel, "--at", "+1s"), List.of("ss", reel), List.of("findings", reel),
                List.of("diff", reel, "--from", "0", "--to", "2"), List.of("history", reel, cookie(file)),
                List.of("peers", reel, cookie(file)), List.of("report", reel, "-o", reel + ".html"),
                List.of("export", reel, "--to", "ndjson", "-o", reel + ".ndjson"));
    }

    /** Returns the cookie of the first socket in the first snapshot. */
    private static String cookie(Path file) {
        String rows = CommandRun.of(file, "show", "--snapshot", "0", "--format", "ndjson").out();
        return rows.replaceFirst("(?s)^.*?\"cookie\":\"(\\d+)\".*$", "$1");
    }

    /** Checks that each row that is shown is one of the original. */
    private static void assertRowsAreOf(Path good, Path file) {
        List<String> rows = new ArrayList<>(rows(file));
        assertFalse(rows.isEmpty());
        rows.removeAll(rows(good));
        assertEquals(List.of(), rows);
    }

    private static List<String> rows(Path file) {
        return CommandRun.of(file, "show", "--all", "--format", "ndjson").out().lines().toList();
    }

    private void recovered(Path file) {
        Path out = folder.resolve("recovered-" + file.getFileName());
        CommandRun recover = CommandRun.of(file, "recover", "-o", out.toString());
        assertEquals(4, recover.exit(), recover::err);
        CommandRun verify = CommandRun.of(out, "verify");
        assertFalse(IN_FILE.matcher(verify.out()).find(), verify::out);
        assertEquals(rows(file), rows(out));
    }
}
