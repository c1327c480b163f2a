package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives commands several files, some of which are no captures: the others are read. */
class SeveralCapturesTest {
    @TempDir
    Path folder = Path.of("");

    private Path good = Path.of("");
    private List<Path> bad = List.of();

    @BeforeEach
    void write() throws IOException {
        good = LiveCapture.reel(folder);
        byte[] bytes = Files.readAllBytes(good);
        bad = List.of(
                Files.createFile(folder.resolve("empty.reel")),
                Files.writeString(folder.resolve("foreign.reel"), "State Recv-Q Send-Q\n".repeat(50)),
                Files.write(folder.resolve("cut.reel"), Arrays.copyOf(bytes, 40)),
                Files.createDirectory(folder.resolve("folder.reel")),
                folder.resolve("missing.reel"));
    }

    @Test
    void othersAreRead() {
        for (Path file : bad) {
            for (String command : List.of("info", "findings", "verify")) {
                CommandRun alone = CommandRun.of(command, good.toString());
                for (List<Path> order : List.of(List.of(good, file), List.of(file, good))) {
                    CommandRun run = CommandRun.of(command, order.get(0).toString(), order.get(1).toString());
                    assertEquals(command.equals("verify") ? 1 : 4, run.exit(), run.words() + run.err());
                    assertEquals(alone.out(), run.out());
                    assertTrue(run.err().contains(file.toString()) && run.err().contains("it is passed over"),
                            run.err());
                }
            }
        }
    }

    @Test
    void anAlarmCountsMoreThanAFileThatIsPassedOver() {
        assertEquals(1, CommandRun.of("findings", "--fail-on", "info", good.toString(), bad.getFirst().toString())
                .exit());
    }

    @Test
    void historyAndReport() {
        String cookie = CommandRun.of(good, "show", "--snapshot", "0", "--format", "ndjson").out()
                .replaceFirst("(?s)^.*?\"cookie\":\"(\\d+)\".*$", "$1");
        CommandRun alone = CommandRun.of("history", good.toString(), cookie);
        Path page = folder.resolve("page.html");
        for (Path file : bad.subList(0, 4)) {
            CommandRun run = CommandRun.of("history", file.toString(), good.toString(), cookie);
            assertEquals(4, run.exit(), run.err());
            assertEquals(alone.out(), run.out());
        }
        CommandRun report = CommandRun.of("report", bad.getFirst().toString(), good.toString(), "-o", page.toString());
        assertEquals(4, report.exit(), report.err());
    }

    /** A part that was killed before its first group was whole has no snapshot, but is a capture. */
    @Test
    void aPartThatIsCutInItsFirstGroup() throws IOException {
        Path cut = Files.write(folder.resolve("first.reel"), Arrays.copyOf(Files.readAllBytes(good), 200));
        for (String command : List.of("info", "findings")) {
            assertEquals(4, CommandRun.of(command, cut.toString(), good.toString()).exit());
        }
        CommandRun history = CommandRun.of("history", cut.toString(), good.toString(), "ino:1");
        assertTrue(history.err().contains("has no snapshots; it is passed over"), history.err());
    }

    @Test
    void noneIsLeft() {
        for (String command : List.of("info", "findings", "verify")) {
            CommandRun run = CommandRun.of(command, bad.get(0).toString(), bad.get(1).toString());
            assertEquals(3, run.exit(), run.err());
            assertEquals("", run.out());
        }
    }

    @Test
    void bothSidesOfADiffAreNeeded() {
        assertEquals(3, CommandRun.of("diff", good.toString(), bad.getFirst().toString()).exit());
    }
}
