package dev.sockreel.cli;

import dev.sockreel.finding.Findings;
import dev.sockreel.finding.FindingsRun;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.snapshot.Severity;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sockreel findings}. */
@Command(name = "findings", description = "Says what is wrong, with evidence.")
final class FindingsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Captures (.reel), in the order of time.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(names = "--min-snapshots", paramLabel = "N", defaultValue = "3",
            description = "How many snapshots in a row something must last (${DEFAULT-VALUE}).")
    private int minSnapshots = 3;

    @Option(names = "--min-time", paramLabel = "TIME", defaultValue = "2s",
            description = "And how long, from the first of them to the last: 500ms, 2s, 5m (${DEFAULT-VALUE}).")
    private String minTime = "2s";

    @Option(names = "--fail-on", paramLabel = "SEVERITY",
            description = "Exit 1 when a finding is at least that: info, warning or critical.")
    private @Nullable Severity failOn;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        FindingsRun run = new FindingsRun(thresholds());
        Quality quality = new Quality();
        for (Path file : files) {
            try (SnapshotReader reader = SnapshotReader.open(file)) {
                Snapshot snapshot;
                while ((snapshot = reader.next()) != null) {
                    run.add(snapshot);
                    quality.shown(snapshot, d -> true);
                }
                quality.read(reader.capture());
            }
        }
        Findings findings = run.finish();
        FindingsPrinter.of(format.format(), Stdout.get()).print(findings);
        quality.tell(spec.commandLine().getErr());
        return failOn != null && findings.has(failOn) ? ExitCode.CHECK_FAILED : quality.exitCode();
    }

    private Thresholds thresholds() {
        Duration time = Durations.parse(minTime);
        if (time == null) {
            throw new ParameterException(spec.commandLine(), "--min-time " + minTime + " is no time: give 500ms, 2s or 5m");
        }
        if (minSnapshots < 1) {
            throw new ParameterException(spec.commandLine(), "--min-snapshots must be at least 1");
        }
        return new Thresholds(minSnapshots, time);
    }
}
