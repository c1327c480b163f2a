package dev.sockreel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.cli.printing.Streams;
import dev.sockreel.fixtures.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renders every text command for several captures on terminals of different widths, and through a pipe. */
class TerminalWidthsTest {
    private static final int[] WIDTHS = {80, 120, 200};
    private static final List<Path> REELS = List.of(Captures.WHOLE, Captures.CUT, Captures.PARTIAL,
            Captures.TRUNCATED, Captures.UNAVAILABLE, Captures.FLIPPED);
    /** All 107 characters that a path may have. */
    private static final String LONGEST = "/run/" + "a-long-name-of-a-folder/".repeat(4) + "x.sock";

    @TempDir
    private Path folder;

    private static String[] words(Object... words) {
        return Stream.of(words).map(Object::toString).toArray(String[]::new);
    }

    private List<String[]> commands(Path reel) {
        List<String[]> all = new ArrayList<>(List.of(
                words("info", reel), words("verify", reel), words("show", reel), words("show", reel, "--all"),
                words("findings", reel), words("findings", reel, "--sockets"), words("diff", reel),
                words("history", reel, "tcp"), words("peers", reel, "tcp"), words("history", reel, "no such"),
                words("show", reel, "--snapshot", "999"), words("report", reel)));
        for (String socket : List.of("state listening", "netid = u_str", "netid = u_dgr", "unread > 0")) {
            for (String cookie : cookies(reel, socket)) {
                all.add(words("history", reel, cookie));
                all.add(words("peers", reel, cookie));
            }
        }
        return all;
    }

    private static List<String> cookies(Path reel, String filter) {
        return JsonTree.lines(CommandRun.of(reel, "show", "--format", "ndjson", filter).out()).stream()
                .limit(2)
                .map(row -> String.valueOf(row.get("cookie")))
                .toList();
    }

    private record Shown(String out, String err) {
        Stream<String> lines() {
            return Stream.concat(out.lines(), err.lines());
        }
    }

    private static Shown shown(int columns, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main.run(Streams.onTerminal(InputStream.nullInputStream(), out, err, columns), words);
        return new Shown(out.toString(UTF_8), err.toString(UTF_8));
    }

    /** Counts a character of CJK as two and a combining one as none: those that these tests use. */
    private static int columns(String line) {
        return line.codePoints().map(c -> c >= 0x4e00 && c <= 0x9fff ? 2 : c >= 0x300 && c <= 0x36f ? 0 : 1).sum();
    }

    private static void fits(int columns, String... words) {
        shown(columns, words).lines().forEach(l -> assertTrue(columns(l) <= columns || l.contains("\r"),
                () -> columns + " columns: " + String.join(" ", words) + "\n" + l));
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (Path reel : REELS) {
            for (String[] command : commands(reel)) {
                for (int columns : WIDTHS) {
                    fits(columns, command);
                }
            }
        }
    }

    @Test
    void aDiffOfTwoFilesAndARecoveryFit() {
        for (int columns : WIDTHS) {
            fits(columns, words("diff", Captures.WHOLE, Captures.PARTIAL));
            fits(columns, words("recover", Captures.CUT, "-o", folder.resolve("recovered" + columns + ".reel")));
            fits(columns, words("show", Captures.WHOLE, "--frobnicate"));
            fits(columns, words("show", Captures.WHOLE, "state", "nonsense"));
            fits(columns, words("show", folder.resolve("a".repeat(250))));
        }
    }

    @Test
    void longNamesLoseTheirMiddleOnATerminalAlone() throws IOException {
        Path reel = Captures.named("long.reel", Captures.ALL_BUT_ICONS, "日本日本日本",
                LONGEST.getBytes(UTF_8), ("/run/" + "日本".repeat(17)).getBytes(UTF_8),
                "/run/e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301".getBytes(UTF_8));
        assertEquals(107, LONGEST.length());
        for (String command : List.of("show", "findings", "info")) {
            for (int columns : WIDTHS) {
                fits(columns, words(command, reel));
            }
        }
        assertTrue(CommandRun.of(reel, "show").out().contains(LONGEST));
        assertFalse(shown(80, words("show", reel)).out().contains(LONGEST));
        assertTrue(shown(200, words("show", reel)).out().contains(LONGEST));
        for (String format : List.of("json", "ndjson", "csv")) {
            assertEquals(CommandRun.of(reel, "show", "--format", format).out(),
                    shown(80, words("show", reel, "--format", format)).out());
        }
    }

    /** A pipe gets everything, however long the lines are. */
    @Test
    void nothingIsCutInAPipe() {
        for (Path reel : REELS) {
            for (String[] command : commands(reel)) {
                CommandRun run = CommandRun.of(command);
                assertFalse(run.out().contains("…"), () -> String.join(" ", command) + "\n" + run.out());
            }
        }
    }

    @Test
    void aWideTerminalIsUsed() {
        Shown wide = shown(200, words("info", Captures.PARTIAL));
        Shown narrow = shown(80, words("info", Captures.PARTIAL));
        assertTrue(wide.out().lines().anyMatch(l -> l.length() > 120), wide.out());
        assertTrue(wide.out().lines().count() < narrow.out().lines().count());
    }

    @Test
    void theProbeFits() throws Exception {
        Shown probe = shown(80, "probe");
        assertTrue(probe.out().lines().allMatch(l -> l.length() <= 80), probe.out());
    }

    /** Asks a real terminal, also where only standard output is one. */
    @Test
    @Tag("process")
    void theWidthIsTheTerminalsOwn() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")) && Files.isExecutable(Path.of("/bin/stty")),
                "there is no script(1) or no stty here");
        String show = CommandRun.javaAnd("show", Captures.WHOLE.toString(), "--all").stream()
                .map(w -> "'" + w + "'")
                .collect(Collectors.joining(" "));
        for (int columns : new int[] {70, 100}) {
            CommandRun run = CommandRun.started(Path.of(""), List.of("/usr/bin/script", "-qec",
                    "unset COLUMNS; stty cols " + columns + " rows 24; " + show + " </dev/null", "/dev/null")).exits(0);
            int widest = run.out().lines().mapToInt(l -> columns(l.stripTrailing())).max().orElse(0);
            assertTrue(widest <= columns && widest > columns - 10, widest + " of " + columns + "\n" + run.out());
        }
    }
}
