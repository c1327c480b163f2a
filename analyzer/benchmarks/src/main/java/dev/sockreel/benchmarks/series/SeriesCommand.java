package dev.sockreel.benchmarks.series;

import dev.sockreel.benchmarks.results.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code run series}: what a series of snapshots costs in bytes and CPU time, beside the kernel, zstd and ss. */
@Command(name = "series", description = "Records scenarios and sets sockreel beside the kernel, zstd and ss.")
public final class SeriesCommand extends Measurement {
    @Override
    String heading(Scenario scenario) {
        return scenario.name();
    }

    @Override
    String measure(Scenario scenario, Farm farm, WorkFolder work) throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        for (int round = 1; round <= options.rounds; round++) {
            rounds.add(SeriesRound.measure(scenario, farm, work, options.snapshots));
            System.out.println("round " + round + " of " + options.rounds + " is done");
        }
        return new SeriesReport(scenario, rounds).tables() + "\n" + options.rounds + " rounds of 1 and "
                + options.snapshots + " snapshots a second apart, of " + Spread.of(sockets(rounds)) + " sockets each.";
    }

    private static List<Double> sockets(List<Round> rounds) {
        return rounds.stream().map(Round::sockets).toList();
    }
}
