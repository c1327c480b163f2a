package dev.sockreel.campaign.processes;

import dev.sockreel.capture.PlainFile;
import dev.sockreel.capture.SeedCapture;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A command with a good input, which only its host can make fail.
 *
 * @param words  the command line without the output
 * @param output the ending of the file that it writes, or null for a command that prints
 * @param exit   its exit code on an ordinary host
 */
record Job(List<String> words, @Nullable String output, int exit) {
    /** Chooses a command; its input is written into a folder. */
    static Job any(RandomGenerator random, Path folder) throws IOException {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> new Job(List.of("record", "--count", "3", "--interval", "20ms"), ".reel", 0);
            case 3 -> new Job(List.of("verify", live(folder)), null, 0);
            case 4 -> new Job(List.of("show", "--all", "--format", "json", live(folder)), null, 0);
            case 5 -> new Job(List.of("import", dump(folder)), ".reel", 0);
            case 6 -> new Job(List.of("recover", cut(folder)), ".reel", 4);
            case 7 -> new Job(List.of("report", live(folder)), ".html", 0);
            default -> new Job(List.of("export", "--all", "--to", "ndjson", live(folder)), ".ndjson", 0);
        };
    }

    private static String live(Path folder) {
        return LiveCapture.reel(folder).toString();
    }

    private static String dump(Path folder) throws IOException {
        Path source = Capture.unpack(Capture.MODS).resolve("raw/tcp4.bin");
        return Files.copy(source, folder.resolve("dump.ssd")).toString();
    }

    private static String cut(Path folder) throws IOException {
        byte[] whole = PlainFile.seal(SeedCapture.plain());
        return Files.write(folder.resolve("cut.reel"), Arrays.copyOf(whole, whole.length - 300)).toString();
    }
}
