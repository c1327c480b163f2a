package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Cuts and flips each byte of a small capture: no row is invented, and no cut is a clean end. */
@Tag("process")
@Execution(ExecutionMode.CONCURRENT) // each method has a folder of its own
class EveryByteTest {
    private static final int GROUP_HEADER_BYTES = 64;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private byte[] whole = new byte[0];
    private Set<String> rows = Set.of();

    /** Imports two snapshots of eleven sockets. */
    @BeforeEach
    void importSmallDump() throws IOException {
        byte[] dump = Sample.COMPLETE_TCP6.bytes();
        byte[] twice = Arrays.copyOf(dump, 2 * dump.length);
        System.arraycopy(dump, 0, twice, dump.length, dump.length);
        Path source = Files.write(folder.resolve("dump"), twice);
        Path reel = folder.resolve("whole.reel");
        CommandRun.of(source, "import", "-o", reel.toString()).exits(0);
        CommandRun show = CommandRun.of(reel, "show", "--all", "--format", "ndjson").exits(0);
        rows = new HashSet<>(show.out().lines().toList());
        assertTrue(rows.size() == 22, show::toString);
        whole = Files.readAllBytes(reel);
    }

    private List<CommandRun> showAndVerify(List<byte[]> files) throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String reel = Files.write(folder.resolve(i + ".reel"), files.get(i)).toString();
            commands.add(List.of("show", reel, "--all", "--format", "ndjson"));
            commands.add(List.of("verify", reel));
        }
        return ManyCommands.run("-Xmx32m", commands);
    }

    private void check(CommandRun show, CommandRun verify, boolean capture) {
        show.exits(capture ? 4 : 3);
        verify.exits(capture ? 1 : 3);
        assertFalse(show.err().isBlank(), show::toString);
        for (String row : show.out().lines().toList()) {
            assertTrue(rows.contains(row), () -> "an invented row: " + row + " of " + show);
        }
    }

    @Test
    void noFlipBecomesARow() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            files.add(flipped);
        }
        List<CommandRun> runs = showAndVerify(files);
        int kept = 0;
        for (int i = 0; i < files.size(); i++) {
            check(runs.get(2 * i), runs.get(2 * i + 1), true);
            kept += (int) runs.get(2 * i).out().lines().count();
        }
        System.out.println("flips: " + files.size() + ", rows kept: " + kept + " of " + 22 * files.size());
        assertTrue(kept > 8 * files.size(), "more is lost than one snapshot: " + kept);
    }

    @Test
    void noCutIsACleanEnd() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (int length = 0; length < whole.length; length++) {
            files.add(Arrays.copyOf(whole, length));
        }
        List<CommandRun> runs = showAndVerify(files);
        for (int i = 0; i < files.size(); i++) {
            check(runs.get(2 * i), runs.get(2 * i + 1), i >= GROUP_HEADER_BYTES);
        }
    }
}
