package dev.sockreel.cli.report;

import dev.sockreel.build.Build;
import dev.sockreel.capture.CaptureReader;
import dev.sockreel.cli.choosing.CapturesArgument;
import dev.sockreel.cli.choosing.ReadableCaptures;
import dev.sockreel.cli.choosing.SnapshotRange;
import dev.sockreel.cli.choosing.ThresholdOptions;
import dev.sockreel.cli.naming.NewFileOption;
import dev.sockreel.cli.netns.NamespaceOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Progress;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.LocalOption;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.output.Output;
import dev.sockreel.output.WholeFile;
import dev.sockreel.reading.RepeatedSnapshots;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.report.ReportData;
import dev.sockreel.report.ReportLimits;
import dev.sockreel.report.ReportRun;
import dev.sockreel.report.ReportScope;
import dev.sockreel.snapshot.Snapshot;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code sockreel report} command. */
@Command(
        name = "report",
        addMethodSubcommands = false,
        description = "Writes a self-contained HTML page: what is wrong, with charts.",
        footer = {
            "sockreel report host.reel -o host.html",
            "What is wrong, as a page for others.",
            "sockreel report a.reel b.reel -o both.html --min-time 1m",
            "What lasted for a minute or longer in two captures of one host?"
        })
public final class ReportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CapturesArgument captures = new CapturesArgument();

    @Mixin
    private NewFileOption out = new NewFileOption();

    @Mixin
    private ThresholdOptions thresholds = new ThresholdOptions();

    @Mixin
    private SnapshotRange range = new SnapshotRange();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private LocalOption local = new LocalOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Thresholds lasting = thresholds.thresholds();
        Output page = out.forText();
        InputProblems problems = new InputProblems();
        ReportData data = part(ReadableCaptures.of(captures.files(), problems), lasting, problems, new Progress(err));
        try (WholeFile whole = WholeFile.create(page)) {
            write(data, problems, whole.stream());
            whole.finish();
        }
        err.println(HtmlReport.summary(data) + ": " + Terminal.printable(out.path().toString()));
        problems.print(err);
        return problems.exitCode();
    }

    /** Reads the part of the captures that was asked for. */
    private ReportData part(List<Path> files, Thresholds lasting, InputProblems problems, Progress progress)
            throws IOException {
        SnapshotRange.Filter within = range.filter(files);
        NamespaceChoice netns = namespace.choice();
        ReportData data = gather(files, new ReportScope(within::takes, netns), lasting, problems, progress);
        within.check(files);
        netns.check(files.getFirst().toString());
        return data.about(ReportPart.lines(data, range.isGiven() ? within.span() : null, netns.word(),
                local.times()));
    }

    /** Reads the captures. Adds what is wrong with them to {@code problems}. */
    public static ReportData gather(List<Path> files, Thresholds thresholds, InputProblems problems, Progress progress)
            throws IOException {
        return gather(files, ReportScope.all(), thresholds, problems, progress);
    }

    private static ReportData gather(
            List<Path> files, ReportScope scope, Thresholds thresholds, InputProblems problems, Progress progress)
            throws IOException {
        try {
            return ReportRun.of(files, scope, thresholds, ReportLimits.DEFAULT, new ReportRun.Listener() {
                @Override
                public void read(Snapshot snapshot) {
                    problems.add(snapshot, d -> true);
                    progress.show("snapshot " + snapshot.index() + " read");
                }

                @Override
                public void repeated(RepeatedSnapshots all) {
                    problems.addRepeats(all.list());
                }

                @Override
                public void ended(CaptureReader capture) {
                    problems.add(capture);
                }

                @Override
                public void followed(int snapshots, int of) {
                    progress.show("sockets followed through snapshot " + snapshots + " of " + of);
                }
            });
        } finally {
            progress.end();
        }
    }

    /** Writes the page. */
    public static void write(ReportData data, InputProblems problems, OutputStream file) throws IOException {
        try (Writer page = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8))) {
            HtmlReport.write(data, problems.caveats(), Build.current().version(), page);
        }
    }
}
