package dev.sockreel.benchmarks.series;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that all benchmarks of this room share. */
public final class SeriesOptions {
    static final Path RESULTS = Path.of("analyzer/benchmarks/BENCHMARKS.md");
    private static final int MAX_SOCKETS = 2_000_000;
    private static final int MAX_SNAPSHOTS = 3600;
    private static final int MAX_ROUNDS = 100;

    @Parameters(paramLabel = "SCENARIO", description = "Only these; all if none is named.", arity = "0..*")
    List<String> scenarios = new ArrayList<>();

    @Option(names = "--sockets", paramLabel = "N", description = "Sockets of the large scenarios (20000).")
    int sockets = 20_000;

    @Option(names = "--snapshots", paramLabel = "N", description = "Snapshots of a round, the first aside (15).")
    int snapshots = 15;

    @Option(names = "--rounds", paramLabel = "N", description = "How often all is measured (3).")
    int rounds = 3;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "The file of results"
            + " (analyzer/benchmarks/BENCHMARKS.md); the sections of what is measured are replaced.")
    Path output = RESULTS;

    /** Returns the scenarios that were named. IllegalArgumentException for a number or name that cannot be. */
    List<Scenario> chosen() {
        within("--sockets", sockets, 2, MAX_SOCKETS);
        within("--snapshots", snapshots, SeriesRound.WARM_UP, MAX_SNAPSHOTS);
        within("--rounds", rounds, 1, MAX_ROUNDS);
        return Scenarios.of(scenarios);
    }

    private static void within(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + " is " + value + ", but must be from " + min + " to " + max);
        }
    }
}
