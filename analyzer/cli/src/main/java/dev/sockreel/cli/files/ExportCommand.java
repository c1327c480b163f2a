package dev.sockreel.cli.files;

import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.choosing.SnapshotChoice;
import dev.sockreel.cli.choosing.SnapshotRange;
import dev.sockreel.cli.choosing.TimeParameter;
import dev.sockreel.cli.naming.NewFileOption;
import dev.sockreel.cli.netns.NamespaceOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.LocalOption;
import dev.sockreel.export.ExportCount;
import dev.sockreel.export.Exporter;
import dev.sockreel.export.Exporters;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.output.Output;
import dev.sockreel.output.WholeFile;
import dev.sockreel.reading.Moments;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code sockreel export} command. */
@Command(
        name = "export",
        addMethodSubcommands = false,
        description = "Converts a snapshot of a capture for other programs.",
        footer = {
            "sockreel export host.reel -o sockets.ndjson --to ndjson --all",
            "All sockets of all snapshots, a JSON object each.",
            "sockreel export host.reel -o dumps.pcapng --to pcapng",
            "The last complete dumps, for Wireshark."
        })
public final class ExportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CaptureArgument capture = new CaptureArgument();

    @Mixin
    private NewFileOption out = new NewFileOption();

    @Option(
            names = "--to",
            order = OptionGroup.ORDER_OUTPUT,
            required = true,
            paramLabel = "FORMAT",
            preprocessor = TimeParameter.class,
            converter = TimeParameter.class,
            description = "ss-dump (for TCPDIAG_FILE=OUT ss), pcapng (for Wireshark), ndjson or csv. Given once more,"
                    + " with N|TIME, the last snapshot of a range.")
    private List<String> to = List.of();

    @Option(
            names = "--from",
            paramLabel = "N|TIME",
            preprocessor = TimeParameter.class,
            converter = TimeParameter.class,
            description = "The first snapshot of a range, by number or by a time at or after its start.")
    private @Nullable String from;

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    private SnapshotChoice choice = new SnapshotChoice();

    @Override
    public Integer call() throws IOException {
        Exporter exporter = exporter();
        SnapshotRange range = SnapshotRange.of(spec, from, end(exporter));
        NamespaceChoice netns = namespace.choice();
        PrintWriter err = spec.commandLine().getErr();
        InputProblems problems = new InputProblems();
        Output output = exporter.isBinary() ? out.forBinary() : out.forText();
        try (Moments moments = Moments.open(capture.file());
                WholeFile whole = WholeFile.create(output)) {
            Exporter.Export written = exporter.to(whole.stream());
            SnapshotChoice.Chosen chosen = choice.of(
                    moments, s -> d -> exporter.holds(d) && netns.in(s).takes(d), range, local.times(), err);
            ExportCount count = ExportCount.NONE;
            int snapshots = 0;
            Snapshot snapshot;
            while ((snapshot = chosen.next()) != null) {
                NamespaceChoice.Here here = netns.in(snapshot);
                count = count.plus(written.write(snapshot, here));
                problems.add(snapshot, d -> exporter.holds(d) && here.takes(d), asked -> exporter.holdsProcText());
                snapshots++;
            }
            netns.check(capture.file().toString());
            problems.add(moments.capture());
            if (count.isEmpty()) {
                throw new IOException(capture.file() + " has nothing to export: " + exporter.format() + " holds "
                        + exporter.held() + (count.missing().isEmpty() ? "" : "; " + count.missing()));
            }
            whole.finish();
            print(exporter, count, snapshots, err);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        problems.print(err);
        return problems.exitCode();
    }

    /** Returns the format: the one word of {@code --to} that names one. */
    private Exporter exporter() {
        List<String> formats = to.stream().filter(word -> Exporters.of(word).isPresent()).toList();
        String all = Exporters.ALL.stream().map(Exporter::format).collect(Collectors.joining(", "));
        if (formats.size() > 1) {
            throw usage("--to names two formats, " + String.join(" and ", formats) + ": give one");
        }
        if (formats.isEmpty() && to.size() == 1 && !to.getFirst().matches("[-+0-9].*")) {
            throw usage("--to " + to.getFirst() + " is not an export format; use one of " + all);
        }
        if (formats.isEmpty()) {
            throw usage("--to " + String.join(" ", to) + " ends a range; name the format too: --to " + all);
        }
        return Exporters.of(formats.getFirst()).orElseThrow();
    }

    /** Returns the end of the range: the word of {@code --to} that is no format. */
    private @Nullable String end(Exporter exporter) {
        List<String> ends = to.stream().filter(word -> !word.equals(exporter.format())).toList();
        if (ends.size() > 1) {
            throw usage("--to ends the range twice, with " + String.join(" and ", ends) + ": give one");
        }
        return ends.isEmpty() ? null : ends.getFirst();
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private void print(Exporter exporter, ExportCount count, int snapshots, PrintWriter err) {
        err.println(Counted.of(count.sockets(), "socket") + " written to " + Terminal.printable(out.path().toString())
                + (snapshots == 1 ? "" : ", of " + Counted.of(snapshots, "snapshot")));
        if (snapshots > 1 && !exporter.aboutSeveral().isEmpty()) {
            err.println(exporter.aboutSeveral());
        }
        if (!count.missing().isEmpty()) {
            boolean inComments = !count.procText().isEmpty() && !exporter.aboutProcText().isEmpty();
            err.println(count.missing() + "; " + exporter.format() + " holds " + exporter.held()
                    + (inComments ? "; " + exporter.aboutProcText() : ""));
        }
    }
}
