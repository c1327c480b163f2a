package dev.sockreel.cli.files;

import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.choosing.SnapshotChoice;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.export.ExportCount;
import dev.sockreel.export.Exporter;
import dev.sockreel.export.Exporters;
import dev.sockreel.output.WholeFile;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code sockreel export} command. */
@Command(
        name = "export",
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

    @Option(names = {"-o", "--output"}, order = OptionGroup.ORDER_OUTPUT, required = true, paramLabel = "OUT",
            description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--to",
            order = OptionGroup.ORDER_OUTPUT,
            required = true,
            paramLabel = "FORMAT",
            description = "ss-dump (for TCPDIAG_FILE=OUT ss), pcapng (for Wireshark), ndjson or csv.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Mixin
    private SnapshotChoice choice = new SnapshotChoice();

    @Override
    public Integer call() throws IOException {
        Exporter exporter = Exporters.of(to).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "--to " + to + " is not an export format; use one of "
                        + Exporters.ALL.stream().map(Exporter::format).collect(Collectors.joining(", "))));
        PrintWriter err = spec.commandLine().getErr();
        InputProblems problems = new InputProblems();
        try (SnapshotReader reader = SnapshotReader.open(capture.file());
                WholeFile whole = WholeFile.create(out, false)) {
            Exporter.Export written = exporter.to(whole.stream());
            SnapshotChoice.Chosen chosen = choice.of(reader, exporter::holds, err);
            ExportCount count = ExportCount.NONE;
            Snapshot snapshot;
            while ((snapshot = chosen.next()) != null) {
                count = count.plus(written.write(snapshot));
                problems.add(snapshot, exporter::holds, asked -> exporter.holdsProcText());
            }
            problems.add(reader.capture());
            if (count.isEmpty()) {
                throw new IOException(capture.file() + " has nothing to export: " + exporter.format() + " holds "
                        + exporter.held() + (count.missing().isEmpty() ? "" : "; " + count.missing()));
            }
            whole.finish();
            print(exporter, count, err);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        problems.print(err);
        return problems.exitCode();
    }

    private void print(Exporter exporter, ExportCount count, PrintWriter err) {
        err.println(Counted.of(count.sockets(), "socket") + " written to " + Terminal.printable(out.toString()));
        if (!count.missing().isEmpty()) {
            boolean inComments = !count.procText().isEmpty() && !exporter.aboutProcText().isEmpty();
            err.println(count.missing() + "; " + exporter.format() + " holds " + exporter.held()
                    + (inComments ? "; " + exporter.aboutProcText() : ""));
        }
    }
}
