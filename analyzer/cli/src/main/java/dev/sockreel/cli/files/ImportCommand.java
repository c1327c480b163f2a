package dev.sockreel.cli.files;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.Progress;
import dev.sockreel.cli.printing.Quality;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.Importers;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sockreel import}. */
@Command(name = "import", description = "Makes a capture of what another tool recorded.")
public final class ImportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "A file, a tar archive (sosreport) or a folder; compressed ones are opened as they are.")
    @SuppressWarnings("NullAway.Init")
    private Path in;

    @Option(names = {"-o",
        "--output"}, required = true, paramLabel = "OUT", description = "The capture to write (.reel).")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--from", paramLabel = "FORMAT", description = "ss-dump, pcap, pcapng, datagram-log or proc-net; guessed if absent.")
    private @Nullable String from;

    @Option(names = "--keep-secrets", description = "Keep the keys that root's dumps hold (TCP-MD5).")
    private boolean keepSecrets;

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(in)) {
            throw new NoSuchFileException(in.toString());
        }
        Importer importer = importer();
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = new Progress(err);
        ImportReport report;
        long size = Files.isRegularFile(in) ? Files.size(in) : 0;
        try (CaptureSink sink = new CaptureSink(out, keepSecrets, bytes -> progress.tell(howFar(bytes, size)))) {
            report = importer.run(in, sink);
        } finally {
            progress.end();
        }
        err.println("%s (%s): %s, %s".formatted(
                Terminal.printable(in.toString()), importer.format(), Counted.of(report.snapshots(), "snapshot"),
                Counted.of(report.dumps(), "dump")));
        report.messages().forEach(m -> err.println(Terminal.printable(m)));
        report.damages().forEach(d -> err.println(Terminal.printable(d)));
        Quality quality = check(progress);
        quality.tell(err);
        return report.damages().isEmpty() ? quality.exitCode() : ExitCode.DAMAGED;
    }

    /** Of a compressed file, as it lies on the disk. */
    private static String howFar(long bytes, long size) {
        return "%d of %d MB read, %d %%".formatted(bytes / 1_000_000, size / 1_000_000,
                size == 0 ? 0 : 100 * bytes / size);
    }

    private Importer importer() throws IOException {
        if (from != null) {
            return Importers.of(from).orElseThrow(() -> new ParameterException(spec.commandLine(),
                    "--from " + from + " is no format that can be imported: " + formats()));
        }
        return Importers.guess(in).orElseThrow(() -> new SourceException(isCapture()
                ? in + " is a sockreel capture already: there is nothing to import"
                : in + " is of no format that can be imported (" + formats() + ")"));
    }

    private boolean isCapture() {
        try (CaptureReader capture = CaptureReader.open(in)) {
            return true;
        } catch (IOException e) {
            return false; // whatever it is, it is no capture
        }
    }

    private static String formats() {
        return Importers.ALL.stream().map(Importer::format).collect(Collectors.joining(", "));
    }

    /** What came of it is read back: an import says by its exit code whether its source was whole. */
    private Quality check(Progress progress) throws IOException {
        Quality quality = new Quality();
        try (SnapshotReader reader = SnapshotReader.open(out)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                quality.shown(s, d -> true);
                progress.tell("snapshot " + s.index() + " checked");
            }
            quality.read(reader.capture());
        } finally {
            progress.end();
        }
        return quality;
    }
}
