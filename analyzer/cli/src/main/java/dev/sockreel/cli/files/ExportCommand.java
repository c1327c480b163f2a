package dev.sockreel.cli.files;

import dev.sockreel.cli.choosing.SnapshotChoice;
import dev.sockreel.cli.printing.Quality;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.printing.WholeFile;
import dev.sockreel.export.Exporter;
import dev.sockreel.export.Exporters;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sockreel export}. */
@Command(name = "export", description = "Writes a capture's sockets for other programs.")
public final class ExportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A capture (.reel).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "OUT", description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "ss-dump (what TCPDIAG_FILE=OUT ss reads), pcapng (Wireshark), ndjson or csv.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Mixin
    private SnapshotChoice choice = new SnapshotChoice();

    @Override
    public Integer call() throws IOException {
        Exporter exporter = Exporters.of(to).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "--to " + to + " is no format that can be written: "
                        + Exporters.ALL.stream().map(Exporter::format).collect(Collectors.joining(", "))));
        PrintWriter err = spec.commandLine().getErr();
        Quality quality = new Quality();
        try (SnapshotReader reader = SnapshotReader.open(file);
                WholeFile whole = WholeFile.create(out)) {
            Exporter.Export written = exporter.to(whole.stream());
            SnapshotChoice.Chosen chosen = choice.of(reader, exporter::holds, err);
            long sockets = 0;
            Snapshot snapshot;
            while ((snapshot = chosen.next()) != null) {
                sockets += written.write(snapshot);
                quality.shown(snapshot, exporter::holds);
            }
            quality.read(reader.capture());
            whole.finish();
            err.println(sockets + " sockets written to " + Terminal.printable(out.toString()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        quality.tell(err);
        return quality.exitCode();
    }
}
