package dev.sockreel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code ./sockreel record} as users do, as a child process. */
final class Recording {
    /** Returns the CPU seconds of the whole process, start-up included. */
    static double cpuSeconds(List<String> prefix, int count, String... options)
            throws IOException, InterruptedException {
        Path reel = Files.createTempFile("sockreel-benchmark", ".reel");
        try {
            // Snapshots follow one another without a pause, as in the measurement of the kernel's limit.
            List<String> command = new ArrayList<>(List.of(
                    "./sockreel", "record", "-o", reel.toString(), "--count", Integer.toString(count), "--interval",
                    "1ms"));
            command.addAll(List.of(options));
            return Cpu.seconds(prefix, command);
        } finally {
            Files.deleteIfExists(reel);
        }
    }

    private Recording() {}
}
