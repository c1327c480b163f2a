package dev.sockreel.cli.choosing;

import dev.sockreel.finding.Thresholds;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for how long a condition must last before it becomes a finding. */
public final class ThresholdOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--min-snapshots",
            paramLabel = "N",
            defaultValue = "3",
            description = "Report what lasts at least N snapshots in a row (${DEFAULT-VALUE}) and --min-time.")
    private int minSnapshots = 3;

    @Option(
            names = "--min-time",
            paramLabel = "DURATION",
            defaultValue = "2s",
            description = "Report what lasts at least this long (${DEFAULT-VALUE}).")
    private String minTime = "2s";

    /** Returns {@link #thresholds} as words for a cache key. */
    public List<String> keyWords() {
        Thresholds t = thresholds();
        return List.of(Integer.toString(t.minSnapshots()), t.minTime().toString());
    }

    public Thresholds thresholds() {
        Duration time = Durations.parse(minTime);
        if (time == null) {
            throw new ParameterException(spec.commandLine(),
                    "--min-time " + minTime + " is not a duration: use 500ms, 2s or 5m");
        }
        if (minSnapshots < 1) {
            throw new ParameterException(spec.commandLine(), "--min-snapshots must be at least 1");
        }
        return new Thresholds(minSnapshots, time);
    }
}
