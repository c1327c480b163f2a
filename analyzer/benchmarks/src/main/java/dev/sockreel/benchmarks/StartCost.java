package dev.sockreel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares small commands with a Java that does nothing, alternately: the price of starting. */
final class StartCost {
    private static final String LAUNCHER = "./sockreel";
    private static final double NS_IN_MS = 1e6;
    private static final double MS_IN_S = 1e3;

    /** The times of one kind of command, in milliseconds. */
    private record Times(List<Double> wallMs, List<Double> cpuMs) {
        Times() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void measure(List<String> command) throws IOException, InterruptedException {
            long begin = System.nanoTime();
            double cpuSeconds = Cpu.seconds(List.of(), command);
            wallMs.add((System.nanoTime() - begin) / NS_IN_MS);
            cpuMs.add(cpuSeconds * MS_IN_S);
        }
    }

    static void run(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        Path reel = Files.createTempFile("sockreel-start", ".reel");
        try {
            Cpu.seconds(List.of(), List.of(LAUNCHER, "record", "-o", reel.toString(), "--force", "--no-modprobe",
                    "--count", "2", "--interval", "100ms"));
            Map<String, List<String>> commands = commands(reel.toString());
            Map<String, Times> times = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                    times.computeIfAbsent(command.getKey(), name -> new Times()).measure(command.getValue());
                }
            }
            print(times);
        } finally {
            Files.deleteIfExists(reel);
        }
    }

    /** Returns the command lines by name, a Java that does nothing first. */
    private static Map<String, List<String>> commands(String reel) {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("java -version", List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-version"));
        commands.put("--version", List.of(LAUNCHER, "--version"));
        commands.put("help show", List.of(LAUNCHER, "help", "show"));
        for (String command : List.of("show", "findings", "info", "ss")) {
            commands.put(command, List.of(LAUNCHER, command, reel));
        }
        return commands;
    }

    private static void print(Map<String, Times> times) {
        Times bare = times.values().iterator().next();
        times.forEach((name, t) -> {
            double wallMs = Cpu.median(t.wallMs());
            double cpuMs = Cpu.median(t.cpuMs());
            System.out.printf(Locale.ROOT, "%-14s wall %4.0f ms, ratio %4.1f; CPU %4.0f ms, ratio %4.1f%n", name,
                    wallMs, wallMs / Cpu.median(bare.wallMs()), cpuMs, cpuMs / Cpu.median(bare.cpuMs()));
        });
    }

    private StartCost() {}
}
