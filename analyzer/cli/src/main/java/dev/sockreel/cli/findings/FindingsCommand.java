package dev.sockreel.cli.findings;

import dev.sockreel.cache.FindingsAnswer;
import dev.sockreel.cli.choosing.CacheEntry;
import dev.sockreel.cli.choosing.CacheOptions;
import dev.sockreel.cli.choosing.ReadableCaptures;
import dev.sockreel.cli.choosing.SnapshotFeed;
import dev.sockreel.cli.choosing.SnapshotRange;
import dev.sockreel.cli.choosing.ThresholdOptions;
import dev.sockreel.cli.netns.NamespaceOption;
import dev.sockreel.cli.printing.ClosedPipeException;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.Failures;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.LocalOption;
import dev.sockreel.detector.FindingsRun;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Findings;
import dev.sockreel.netns.FindingsOfNamespace;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.recorder.options.RecordingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
        addMethodSubcommands = false,
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
    private LiveOptions input = new LiveOptions();

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
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    private CacheOptions cache = new CacheOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException, RecordingException {
        Duration time = input.time(thresholds.thresholds());
        if (time != null) {
            return live(time);
        }
        InputProblems passedOver = new InputProblems();
        List<Path> files = ReadableCaptures.of(input.files(), passedOver);
        List<String> asked = new ArrayList<>(thresholds.keyWords());
        asked.addAll(range.keyWords());
        asked.addAll(namespace.keyWords());
        CacheEntry cached = range.isToBeReadAloud() ? CacheEntry.NONE : cache.entry(asked, files);
        Optional<FindingsAnswer> kept = cached.get(FindingsAnswer.class);
        FindingsAnswer answer = kept.isPresent() ? kept.get() : compute(files);
        if (kept.isEmpty()) {
            cached.put(answer);
        }
        return print(answer, files, passedOver);
    }

    /** Records this host and answers about it. A signal during that ends the recording, not the answer. */
    private int live(Duration time) throws IOException, RecordingException {
        LiveRecording recording = LiveRecording.into(input.out(), spec.commandLine().getErr());
        int code = ExitCode.FAILED;
        try {
            recording.record(time, thresholds.thresholds(), input.force());
            List<Path> file = List.of(recording.file());
            code = print(compute(file), file, new InputProblems());
            Stdout.get().check();
            return code;
        } catch (IOException | RecordingException e) {
            if (recording.isStopped() && !(e instanceof ClosedPipeException)) {
                // the JVM ends below, before a handler could print this
                spec.commandLine().getErr().println("sockreel: " + Terminal.line(Failures.sentence(e)));
            }
            throw e;
        } finally {
            spec.commandLine().getErr().flush();
            recording.finished(code);
        }
    }

    private int print(FindingsAnswer answer, List<Path> files, InputProblems passedOver) throws IOException {
        Findings findings = answer.findings();
        FindingsPrinter.of(format.format(), Stdout.get(), sockets, local.times(), namespace.choice().word())
                .print(findings);
        InputProblems problems = InputProblems.of(answer.shortfalls(), files);
        problems.addPassedOver(passedOver);
        problems.print(spec.commandLine().getErr());
        return failOn != null && findings.has(failOn) ? ExitCode.CHECK_FAILED : problems.exitCode();
    }

    private FindingsAnswer compute(List<Path> files) throws IOException {
        FindingsRun run = new FindingsRun(thresholds.thresholds());
        InputProblems problems = new InputProblems();
        NamespaceChoice netns = namespace.choice();
        SnapshotFeed.of(files, range).forEach(problems, (file, snapshot) -> {
            netns.in(snapshot);
            run.add(snapshot);
            problems.add(snapshot, d -> true);
        });
        netns.check(files.getFirst() + (files.size() == 1 ? "" : " and " + (files.size() - 1) + " more"));
        return new FindingsAnswer(FindingsOfNamespace.of(run.finish(), netns), problems.shortfalls());
    }
}
