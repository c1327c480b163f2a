package dev.sockreel.benchmarks.series;

import dev.sockreel.benchmarks.repeat.LongSeries;
import dev.sockreel.benchmarks.results.MarkdownTable;
import dev.sockreel.benchmarks.results.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code run moment}: one snapshot of a long capture of a small host, beside the same in a capture of one snapshot.
 */
@Command(name = "moment", description = "Shows a moment of a long capture, and of one of a single snapshot.")
public final class Moment extends Measurement {
    private static final int RECORDED = 11;
    private static final String SMALL = "small-host";

    @Option(names = "--long", paramLabel = "N", description = "Snapshots of the long capture (11700).")
    private int snapshots = 11_700;

    /** Prepares to measure on the small host, whatever scenarios are named to others. */
    public Moment() {
        options.scenarios = new ArrayList<>(List.of(SMALL));
    }

    @Override
    String heading(Scenario scenario) {
        return "moment " + scenario.name();
    }

    @Override
    String measure(Scenario scenario, Farm farm, WorkFolder work) throws IOException, InterruptedException {
        Path recorded = work.file("recorded.reel");
        new Recorder(farm, scenario.familyOptions()).record(recorded, RECORDED);
        Path single = work.file("single.reel");
        Path many = work.file("many.reel");
        LongSeries.write(recorded, single, 1);
        LongSeries.write(recorded, many, snapshots);
        List<Double> cpu = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        List<Double> rss = new ArrayList<>();
        for (int round = 0; round < options.rounds; round++) {
            Cost one = show(single, 0);
            Cost last = show(many, snapshots - 1);
            cpu.add(last.cpuSeconds() / one.cpuSeconds());
            wall.add(last.wallSeconds() / one.wallSeconds());
            rss.add((double) last.maxRssBytes() / one.maxRssBytes());
        }
        String goal = SeriesReport.atMost(Goals.MOMENT_TO_SINGLE);
        return new MarkdownTable("the last of " + snapshots + " snapshots to a single one", "measured", "goal")
                .row("CPU of `show --snapshot`", Spread.of(cpu).toString(), goal)
                .row("wall time", Spread.of(wall).toString(), goal)
                .row("RSS", Spread.of(rss).toString(), "–")
                + "\n" + options.rounds + " rounds.";
    }

    private static Cost show(Path reel, int snapshot) throws IOException, InterruptedException {
        return Run.of(Launcher.command("show", "--snapshot", Integer.toString(snapshot), reel.toString()));
    }
}
