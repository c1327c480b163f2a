package dev.sockreel.benchmarks.series;

import dev.sockreel.benchmarks.repeat.LongSeries;
import dev.sockreel.benchmarks.results.MarkdownTable;
import dev.sockreel.benchmarks.results.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * {@code run findings-slope}: what {@code findings} spends on one more socket and snapshot, as the slope between
 * captures of n and 2 n snapshots, so that starting the JVM costs nothing.
 */
@Command(name = "findings-slope", description = "Measures what one more snapshot costs findings.")
public final class FindingsSlope extends Measurement {
    private static final int RECORDED = 11;
    private static final int REPEATS = 4;

    @Override
    String heading(Scenario scenario) {
        return "findings-slope " + scenario.name();
    }

    @Override
    String measure(Scenario scenario, Farm farm, WorkFolder work) throws IOException, InterruptedException {
        Path recorded = work.file("recorded.reel");
        new Recorder(farm, scenario.familyOptions()).record(recorded, RECORDED, "--owners", "never");
        int n = options.snapshots * REPEATS;
        Path once = work.file("once.reel");
        Path twice = work.file("twice.reel");
        LongSeries.write(recorded, once, n);
        LongSeries.write(recorded, twice, 2 * n);
        Path folder = Files.createDirectory(work.file("raw"));
        double sockets = (double) RawDumps.of(recorded, folder).sockets() / RECORDED;
        List<Double> slopes = new ArrayList<>();
        List<Double> rss = new ArrayList<>();
        for (int round = 0; round < options.rounds; round++) {
            Cost less = findings(once);
            Cost more = findings(twice);
            slopes.add((more.cpuSeconds() - less.cpuSeconds()) * 1e9 / (sockets * n));
            rss.add(more.maxRssBytes() / (double) (1 << 20));
        }
        return new MarkdownTable("", "measured", "goal")
                .row("CPU ns for one more socket and snapshot", Spread.of(slopes).toString(),
                        SeriesReport.atMost(scenario.goals().findingsNs()))
                .row("RSS at most, MiB", Spread.number(Spread.of(rss).max()), "–")
                + "\n" + options.rounds + " rounds; captures of " + n + " and " + 2 * n + " snapshots, made of "
                + RECORDED + " recorded ones, " + Spread.number(sockets) + " sockets.";
    }

    private static Cost findings(Path reel) throws IOException, InterruptedException {
        return Run.of(Launcher.command("findings", "--no-cache", reel.toString()));
    }
}
