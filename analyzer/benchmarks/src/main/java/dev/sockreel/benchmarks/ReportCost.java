package dev.sockreel.benchmarks;

import dev.sockreel.cli.Main;
import dev.sockreel.cli.printing.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares the CPU time of {@code report} with that of {@code findings} on snapshots of loopback connections that all
 * have unread data: what the page adds must not cost a walk over the snapshot for each socket that it shows.
 */
final class ReportCost {
    private static final int SNAPSHOTS = 5;

    static void run(String[] args) throws IOException {
        int sockets = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Path folder = Files.createTempDirectory("sockreel-report");
        Path capture = capture(folder, sockets);
        Path page = folder.resolve("out.html");
        List<Double> ratios = new ArrayList<>();
        try {
            for (int round = 0; round <= rounds; round++) {
                double findings = seconds("findings", "--no-cache", capture.toString());
                double report = seconds("report", capture.toString(), "-o", page.toString());
                Files.delete(page);
                if (round > 0) { // the first round compiles
                    ratios.add(report / findings);
                    System.out.printf(Locale.ROOT, "findings %.2f s, report %.2f s, ratio %.2f%n", findings, report,
                            report / findings);
                }
            }
        } finally {
            Files.deleteIfExists(page);
            Files.delete(capture);
            Files.delete(folder);
        }
        System.out.printf(Locale.ROOT, "median of %d: %.2f%n", rounds, Cpu.median(ratios));
    }

    private static Path capture(Path folder, int sockets) throws IOException {
        CountedReel reel = CountedReel.begin(folder, "report.reel");
        for (int i = 0; i < SNAPSHOTS; i++) {
            reel.begin().dump("tcp4", Sockets.tcp4(), Sockets.loopback(sockets, 5)).end();
        }
        return reel.close();
    }

    private static double seconds(String... command) {
        Streams streams = Streams.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream());
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Main.run(streams, command);
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
    }

    private ReportCost() {}
}
