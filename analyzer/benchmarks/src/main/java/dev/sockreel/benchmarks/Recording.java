package dev.sockreel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code sockreel record} as a child process with the launcher's JVM flags. */
final class Recording {
    /** CPU seconds of the whole process, start-up included. */
    static double cpuSeconds(List<String> prefix, int count, String... options) throws IOException, InterruptedException {
        Path reel = Files.createTempFile("sockreel-benchmark", ".reel");
        try {
            String java = ProcessHandle.current().info().command().orElseThrow();
            List<String> command = new ArrayList<>(List.of(
                    java, "-XX:+UseSerialGC", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED",
                    "-cp", System.getProperty("java.class.path"), "dev.sockreel.cli.Main",
                    "record", "-o", reel.toString(), "--count", Integer.toString(count), "--interval", "700ms"));
            command.addAll(List.of(options));
            return Cpu.seconds(prefix, command);
        } finally {
            Files.deleteIfExists(reel);
        }
    }

    private Recording() {}
}
