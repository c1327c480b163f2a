package dev.sockreel.cli.findings;

import dev.sockreel.cache.FindingsAnswer;
import dev.sockreel.cli.choosing.CacheEntry;
import dev.sockreel.cli.choosing.CacheOptions;
import dev.sockreel.cli.choosing.CapturesArgument;
import dev.sockreel.cli.choosing.ReadableCaptures;
import dev.sockreel.cli.choosing.SnapshotFeed;
import dev.sockreel.cli.choosing.SnapshotRange;
import dev.sockreel.cli.choosing.ThresholdOptions;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.detector.FindingsRun;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Findings;
import dev.sockreel.recorder.help.OptionGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code sockreel findings} command. */
@Command(
        name = "findings",
        description = "Reports what is wrong: causes, with evidence.",
        footer = {
            "sockreel findings host.reel",
            "What is wrong, since when, and who must act?",
            "sockreel findings host.reel --fail-on warning --format csv",
            "A check for scripts: exit code 1 on a warning; pid and cookie to act on."
        })
public final class FindingsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CapturesArgument captures = new CapturesArgument();

    @Mixin
    private ThresholdOptions thresholds = new ThresholdOptions();

    @Option(
            names = "--fail-on",
            order = OptionGroup.ORDER_OUTPUT,
            paramLabel = "SEVERITY",
            description = "Exit 1 on causes of at least this severity: info, warning or critical.")
    private @Nullable Severity failOn;

    @Option(names = "--sockets", order = OptionGroup.ORDER_OUTPUT,
            description = "Also list the single findings, one for each socket.")
    private boolean sockets;

    @Mixin
    private SnapshotRange range = new SnapshotRange();

    @Mixin
    private CacheOptions cache = new CacheOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        InputProblems passedOver = new InputProblems();
        List<Path> files = ReadableCaptures.of(captures.files(), passedOver);
        List<String> asked = new ArrayList<>(thresholds.keyWords());
        asked.addAll(range.keyWords());
        CacheEntry cached = cache.entry(asked, files);
        Optional<FindingsAnswer> kept = cached.get(FindingsAnswer.class);
        FindingsAnswer answer = kept.isPresent() ? kept.get() : compute(files);
        if (kept.isEmpty()) {
            cached.put(answer);
        }
        Findings findings = answer.findings();
        FindingsPrinter.of(format.format(), Stdout.get(), sockets).print(findings);
        InputProblems problems = InputProblems.of(answer.shortfalls(), files);
        problems.addPassedOver(passedOver);
        problems.print(spec.commandLine().getErr());
        return failOn != null && findings.has(failOn) ? ExitCode.CHECK_FAILED : problems.exitCode();
    }

    private FindingsAnswer compute(List<Path> files) throws IOException {
        FindingsRun run = new FindingsRun(thresholds.thresholds());
        InputProblems problems = new InputProblems();
        SnapshotFeed.of(files, range).forEach(problems, (file, snapshot) -> {
            run.add(snapshot);
            problems.add(snapshot, d -> true);
        });
        return new FindingsAnswer(run.finish(), problems.shortfalls());
    }
}
