package dev.sockreel.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures the CPU time of a command and its children (user and system) with bash's {@code time}. */
final class Cpu {
    /** @param prefix words before the command, e.g. {@code ip netns exec NAME}; their cost is negligible */
    static double seconds(List<String> prefix, List<String> command) throws IOException, InterruptedException {
        Path times = Files.createTempFile("sockreel-cpu", ".txt");
        Path log = Files.createTempFile("sockreel-cpu", ".log");
        try {
            List<String> all = new ArrayList<>(prefix);
            all.addAll(List.of("bash", "-c",
                    "exec 3>\"$1\"; shift; TIMEFORMAT='%U %S'; { time \"$@\" 2>&4; } 4>&2 2>&3", "cpu",
                    times.toString()));
            all.addAll(command);
            Process p = new ProcessBuilder(all)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(log.toFile())
                    .start();
            int exit = p.waitFor();
            if (exit != 0) {
                throw new IOException(command.getFirst() + " ended with " + exit + ": " + Files.readString(log));
            }
            String[] fields = Files.readString(times, StandardCharsets.US_ASCII).strip().split(" ");
            return Double.parseDouble(fields[0]) + Double.parseDouble(fields[1]);
        } finally {
            Files.deleteIfExists(times);
            Files.deleteIfExists(log);
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }

    private Cpu() {}
}
