package dev.sockreel.cli.findings;

import dev.sockreel.cli.choosing.Durations;
import dev.sockreel.cli.naming.StandardInput;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.output.Output;
import dev.sockreel.recorder.help.OptionGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subject of findings: captures, or this host now. */
final class LiveOptions {
    /** A first snapshot is slow and times are not exact: a window must fit nevertheless. */
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final Duration MAX_TIME = Duration.ofDays(1);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..*",
            description = "Captures (.reel), oldest first, also compressed; - is stdin.")
    private List<Path> files = List.of();

    @Option(
            names = "--live",
            arity = "0..1",
            fallbackValue = "5s",
            paramLabel = "DURATION",
            description = "Record this host for this time (${FALLBACK-VALUE}) and report about it; instead of FILE.")
    private @Nullable String live;

    @Option(
            names = {"-o", "--output"},
            order = OptionGroup.ORDER_OUTPUT,
            paramLabel = "OUT",
            description = "Keep what was recorded of this host in this file (.reel).")
    private @Nullable Path out;

    @Option(names = "--force", order = OptionGroup.ORDER_OUTPUT, description = "Overwrite OUT.")
    private boolean force;

    List<Path> files() {
        StandardInput.check(files, spec);
        return files;
    }

    /** Returns the file to keep a live recording in; null for none. */
    @Nullable
    Path out() {
        return out;
    }

    boolean force() {
        return force;
    }

    /**
     * Returns for how long this host is to be recorded; null if captures were given.
     *
     * @throws ParameterException where the words contradict each other, or nothing can last long enough
     * @throws IOException        where OUT cannot be written
     */
    @Nullable
    Duration time(Thresholds thresholds) throws IOException {
        if (live == null) {
            if (files.isEmpty()) {
                throw wrong("FILE is missing, or --live for this host now");
            }
            if (out != null || force) {
                throw wrong((out != null ? "-o" : "--force") + " keeps what --live records; findings of captures go to"
                        + " standard output");
            }
            return null;
        }
        Duration time = Durations.parse(live);
        if (time == null || time.isZero() || time.compareTo(MAX_TIME) > 0) {
            throw wrong("--live takes a time such as 5s or 1m, not '" + live
                    + "'; it records this host, so it takes no FILE");
        }
        if (!files.isEmpty()) {
            throw wrong("--live records this host, so it takes no FILE: " + files.getFirst());
        }
        requireLong(time, thresholds);
        if (out != null && (out.toString().equals("-") || Output.of(out, force).isStream())) {
            throw wrong("-o " + out + ": the capture is read for the answer, so OUT must be a file");
        }
        return time;
    }

    private void requireLong(Duration time, Thresholds thresholds) {
        Duration needed = thresholds.minTime().plus(MARGIN);
        if (time.compareTo(needed) < 0) {
            throw wrong("--live " + live + " is too short: it takes " + words(needed) + " to see what lasts --min-time "
                    + words(thresholds.minTime()));
        }
        if (LiveRecording.interval(time, thresholds).compareTo(LiveRecording.MIN_INTERVAL) < 0) {
            throw wrong("--live " + live + " is too short for --min-snapshots " + thresholds.minSnapshots());
        }
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
