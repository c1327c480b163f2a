package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds ss dumps of all families with random changes: it prints rows or one sentence. */
@Tag("process")
class SsHostileTest {
    private static final int FOLDERS = 30;
    /** The number of bytes changed in a thousand. */
    private static final int CHANGED = 12;

    @TempDir
    private Path folder;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void changedBytesAreRowsOrASentence() throws IOException {
        System.out.println("seed " + seed);
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < FOLDERS; i++) {
            String reel = folder.resolve(i + ".reel").toString();
            commands.add(List.of("import", changed(i).toString(), "-o", reel));
            commands.add(List.of("ss", reel, "-aeiompO", "--tos", "--inet-sockopt", "--tipcinfo", "--snapshot", "0"));
            commands.add(List.of("ss", reel, "-A", "all,tipc", "-anebQ", "--snapshot", "0"));
            commands.add(List.of("ss", reel, "-s", "--snapshot", "0"));
        }
        int rows = 0;
        for (CommandRun run : ManyCommands.run("-Xmx128m", commands)) {
            String output = "seed " + seed + ", " + run;
            assertTrue(run.exit() == 0 || run.exit() == 2 || run.exit() == 3 || run.exit() == 4, output);
            assertFalse(run.err().contains("mistake in sockreel"), output);
            rows += (int) run.out().lines().count();
        }
        assertTrue(rows > FOLDERS * 100, "seed " + seed + ": " + rows + " rows");
    }

    private Path changed(int number) throws IOException {
        Path to = Files.createDirectory(folder.resolve(Integer.toString(number)));
        try (Stream<Path> files = Files.list(Capture.unpack(Capture.MODS).resolve("raw"))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; file.toString().endsWith(".bin") && i < bytes.length; i++) {
                    if (random.nextInt(1000) < CHANGED) {
                        bytes[i] = random.nextBoolean() ? (byte) random.nextInt()
                                : (byte) (bytes[i] ^ 1 << random.nextInt(8));
                    }
                }
                Files.write(to.resolve(file.getFileName()), bytes);
            }
        }
        return to;
    }
}
