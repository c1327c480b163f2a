package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what scripts rely on: exit codes 0 to 4 of each command, and one sentence on failure. */
class ExitCodeTest {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    @TempDir
    private Path folder;

    static Stream<List<String>> readers() {
        return Stream.of(
                List.of("show"), List.of("show", "--all", "--format", "csv"), List.of("ss"),
                List.of("ss", "-anieom"), List.of("findings"), List.of("info"),
                List.of("info", "--format", "csv"), List.of("verify"), List.of("verify", "--format", "json"),
                List.of("verify", "--format", "ndjson"), List.of("verify", "--format", "csv"),
                List.of("findings", "--format", "json"), List.of("export", "--to", "ndjson"), List.of("diff"),
                List.of("history", "cookie:40"),
                List.of("peers", "cookie:40", "--snapshot", "0"), List.of("report"));
    }

    private CommandRun run(List<String> command, Path file) throws IOException {
        String[] more = command.subList(1, command.size()).toArray(String[]::new);
        if (writes(command)) {
            List<String> args = new ArrayList<>(List.of(more));
            args.addAll(List.of("-o", Files.createTempFile(folder, "out", "").toString()));
            return CommandRun.of(file, command.getFirst(), args.toArray(String[]::new));
        }
        return CommandRun.of(file, command.getFirst(), more);
    }

    /** Returns true for commands that write a file and nothing to standard output. */
    private static boolean writes(List<String> command) {
        return List.of("export", "report").contains(command.getFirst());
    }

    private static boolean verifies(List<String> command) {
        return command.getFirst().equals("verify");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aWholeFileIs0(List<String> command) throws IOException {
        CommandRun run = run(command, Captures.WHOLE).exits(0);
        assertFalse(run.err().contains("damage") || run.err().contains("truncated"), run.toString());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aCutFileIs4AndWhatIsWholeIsShown(List<String> command) throws IOException {
        CommandRun run = run(command, Captures.CUT).exits(verifies(command) ? 1 : 4);
        assertTrue(writes(command) || !run.out().isEmpty(), run.toString());
        String output = verifies(command) ? run.out() : run.err();
        assertTrue(output.contains("byte "), run.toString());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aFlippedFileIs4AndThePlaceIsReported(List<String> command) throws IOException {
        CommandRun run = run(command, Captures.FLIPPED).exits(verifies(command) ? 1 : 4);
        String output = verifies(command) ? run.out() : run.err();
        assertTrue(output.contains("byte "), run.toString());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void whatIsNoCaptureIs3(List<String> command) throws IOException {
        run(command, Captures.TEXT).exits(3).saysOnly(1);
        run(command, Files.createFile(folder.resolve("empty.reel"))).exits(3).saysOnly(1);
        run(command, Captures.MISSING).exits(3).saysOnly(1);
        run(command, folder).exits(3).saysOnly(1);
    }

    @ParameterizedTest
    @MethodSource("readers")
    @Tag("process")
    void noPermissionIs3(List<String> command) throws IOException {
        Path secret = Files.copy(Captures.WHOLE, folder.resolve("secret.reel"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        List<String> args = new ArrayList<>();
        if (Files.isReadable(secret)) { // root can read every file, unless it drops capabilities
            assumeTrue(Files.isExecutable(SETPRIV), "root, and there is no setpriv");
            args.addAll(List.of(SETPRIV.toString(), "--bounding-set", "-dac_override,-dac_read_search"));
        }
        List<String> withFile = new ArrayList<>(command);
        withFile.add(1, secret.toString());
        args.addAll(CommandRun.javaAnd(withFile.toArray(String[]::new)));
        if (writes(command)) {
            args.addAll(List.of("-o", folder.resolve("out").toString()));
        }
        CommandRun run = CommandRun.started(Path.of(""), args).exits(3).saysOnly(1);
        assertTrue(run.err().contains("secret.reel: permission denied"), run.toString());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void anUnknownOptionIs2(List<String> command) throws IOException {
        List<String> args = new ArrayList<>(command);
        args.addAll(List.of("--no-such-option", Captures.WHOLE.toString()));
        if (writes(command)) {
            args.addAll(List.of("-o", folder.resolve("out").toString()));
        }
        CommandRun run = CommandRun.of(args.toArray(String[]::new)).exits(2);
        assertTrue(run.out().isEmpty() && run.err().contains("--no-such-option"), run.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "show WHOLE state no-such-state", "show WHOLE state", "show WHOLE frobnicate x",
        "show WHOLE --snapshot -1", "show WHOLE --snapshot x", "show WHOLE --at yesterday", "show WHOLE --format xml",
        "show WHOLE --snapshot 1 --all", "show",
        "ss", "ss WHOLE -r", "ss WHOLE --snapshot 1 --at +1s", "ss WHOLE frobnicate x", "info", "verify", "findings",
        "findings WHOLE --fail-on fatal",
        "diff", "diff WHOLE --from 2 --to 2", "diff WHOLE --from 3 --to 1",
        "diff WHOLE --from soon",
        "history", "history WHOLE", "history WHOLE frobnicate", "history WHOLE ino:x", "peers",
        "peers WHOLE --snapshot x",
        "peers WHOLE local",
        "peers WHOLE 40 --snapshot 1 --at 10:48",
        "findings WHOLE --min-time soon", "export WHOLE", "export WHOLE -o OUT --to xml", "import WHOLE",
        "import WHOLE -o OUT --from xml", "report WHOLE", "report -o OUT", "report WHOLE -o OUT --min-time soon",
        "frobnicate", "", "record --interval 0s -o OUT", "record --rotate 10m -o -", "record"
    })
    void wrongWordsAre2(String line) {
        Path out = folder.resolve("out");
        String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
        for (int i = 0; i < args.length; i++) {
            args[i] = args[i].equals("WHOLE") ? Captures.WHOLE.toString() : args[i].equals("OUT") ? out.toString()
                    : args[i];
        }
        CommandRun run = CommandRun.of(args).exits(2);
        assertTrue(run.out().isEmpty(), run.toString());
        assertFalse(run.err().isBlank(), run.toString());
        assertFalse(run.err().contains("Exception"), run.toString());
        assertTrue(Files.notExists(out), "nothing is written");
    }

    @Test
    void failOnIs1FromItsSeverityOn() {
        for (String severity : List.of("info", "warning", "critical", "CRITICAL")) {
            CommandRun.of(Captures.WHOLE, "findings", "--fail-on", severity).exits(1);
        }
        CommandRun.of(Captures.PARTIAL, "findings", "--fail-on", "info").exits(1);
        CommandRun.of(Captures.UNAVAILABLE, "findings", "--fail-on", "info").exits(0);
        // The capture is shorter than that, but a full accept queue needs no window.
        CommandRun late =
                CommandRun.of(Captures.WHOLE, "findings", "--min-time", "30s", "--fail-on", "warning").exits(1);
        assertFalse(late.out().contains("unread-stuck"), late.toString());
    }

    @Test
    void aFailedCheckBeatsDamage() {
        CommandRun run = CommandRun.of(Captures.CUT, "findings", "--fail-on", "critical").exits(1);
        assertTrue(run.err().contains("byte "), run.toString());
    }

    /** The last snapshot with a complete dump of the chosen family is shown, and only that snapshot counts. */
    @Test
    void aTruncatedDumpIs4WhereItIsShown() {
        CommandRun.of(Captures.TRUNCATED, "show", "--snapshot", "0").exits(0);
        CommandRun first = CommandRun.of(Captures.TRUNCATED, "show", "-u").exits(0);
        assertTrue(first.err().startsWith("snapshot 0"), first.toString());
        CommandRun truncated = CommandRun.of(Captures.TRUNCATED, "show", "--snapshot", "1", "-x").exits(4);
        assertTrue(truncated.err().contains("unix is truncated"), truncated.toString());
        CommandRun.of(Captures.TRUNCATED, "show", "--all").exits(4);
        CommandRun.of(Captures.TRUNCATED, "info").exits(4);
        CommandRun.of(Captures.TRUNCATED, "findings").exits(4);
        CommandRun.of(Captures.TRUNCATED, "verify").exits(1);
    }

    @Test
    void unavailableFamiliesAreReportedAndKeepExit0() {
        for (String command : List.of("show", "info", "findings")) {
            CommandRun run = CommandRun.of(Captures.UNAVAILABLE, command).exits(0);
            for (String family : List.of("tcp4", "tcp6", "udp4", "unix", "vsock")) {
                assertTrue(run.err().contains(family + " is unavailable"), run.toString());
            }
        }
        CommandRun.of(Captures.UNAVAILABLE, "verify").exits(0);
        CommandRun.of(Captures.PARTIAL, "verify").exits(0);
    }

    @Test
    void oneBadFileAmongSeveralIsPassedOver() {
        CommandRun.of("verify", Captures.WHOLE.toString(), Captures.MISSING.toString()).exits(1);
        CommandRun.of("info", Captures.WHOLE.toString(), Captures.TEXT.toString()).exits(4);
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "mine");
        CommandRun.of(Captures.WHOLE, "export", "--to", "ndjson", "-o", kept.toString()).exits(3).saysOnly(1);
        CommandRun.of(Captures.FOLDER, "import", "-o", kept.toString()).exits(3);
        CommandRun.of(Capture.unpack(Capture.MODS).resolve("ssD/tcp.D"), "import", "-o",
                kept.toString()).exits(3).saysOnly(1);
        assertEquals("mine", Files.readString(kept));
    }

    @Test
    void importsSayWhetherTheirSourceWasWhole() throws IOException {
        Path capture = Capture.unpack(Capture.MODS);
        CommandRun.of(capture.resolve("ssD/tcp.D"), "import", "-o", folder.resolve("a.reel").toString()).exits(0);
        byte[] bytes = Files.readAllBytes(capture.resolve("ssD/tcp.D"));
        Path cut = Files.write(folder.resolve("cut.D"), Arrays.copyOf(bytes, bytes.length - 1000));
        CommandRun run = CommandRun.of(cut, "import", "-o", folder.resolve("b.reel").toString()).exits(4);
        assertTrue(run.err().contains("tcp4 is truncated"), run.toString());
        CommandRun.of(Captures.TEXT, "import", "-o", folder.resolve("c.reel").toString()).exits(3).saysOnly(1);
        CommandRun.of(Captures.MISSING, "import", "-o", folder.resolve("c.reel").toString()).exits(3).saysOnly(1);
        assertTrue(Files.notExists(folder.resolve("c.reel")));
    }

    @Test
    void helpAndVersionAre0OnStdout() {
        for (String[] args : List.of(new String[] {"--help"}, new String[] {"--version"},
                new String[] {"show", "--help"},
                new String[] {"help", "findings"})) {
            CommandRun run = CommandRun.of(args).exits(0);
            assertFalse(run.out().isBlank(), run.toString());
            assertEquals("", run.err());
        }
    }

    @Test
    void debugAloneShowsAStackTrace() {
        AssertionError shown = assertThrows(
                AssertionError.class, () -> CommandRun.of("--debug", "info", Captures.MISSING.toString()));
        assertTrue(String.valueOf(shown.getMessage()).contains("NoSuchFileException"), shown.getMessage());
    }
}
