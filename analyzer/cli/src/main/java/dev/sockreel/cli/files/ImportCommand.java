package dev.sockreel.cli.files;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.cli.naming.NewFileOption;
import dev.sockreel.cli.naming.StandardInput;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Progress;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.input.InputBytes;
import dev.sockreel.input.Inputs;
import dev.sockreel.output.Output;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.Importers;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code sockreel import} command. */
@Command(
        name = "import",
        addMethodSubcommands = false,
        description = "Converts a recording of another tool into a capture.",
        footer = {
            "sockreel import sosreport.tar.xz -o host.reel",
            "What do the copies of /proc/net in a support bundle show?",
            "sockreel import nlmon0.pcap -o host.reel",
            "What did the programs that tcpdump watched on nlmon0 see?"
        })
public final class ImportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "A file, tar archive (sosreport) or folder; may be compressed; - is stdin.")
    @SuppressWarnings("NullAway.Init")
    private Path in;

    @Mixin
    private NewFileOption out = new NewFileOption();

    @Option(
            names = "--from",
            paramLabel = "FORMAT",
            description = "ss-dump, pcap, pcapng, datagram-log or proc-net; detected by default.")
    private @Nullable String from;

    @Option(
            names = "--byte-order",
            paramLabel = "ORDER",
            description = "big or little: the byte order of the source's host, where nothing in the source shows it.")
    private @Nullable String byteOrder;

    @Option(names = "--keep-secrets", order = OptionGroup.ORDER_OUTPUT,
            description = "Keep TCP-MD5 keys, which dumps taken by root contain, and values of BPF storages.")
    private boolean keepSecrets;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        StandardInput.check(List.of(in), spec);
        if (!Inputs.exists(in)) {
            throw new NoSuchFileException(in.toString());
        }
        Importer importer = importer();
        ByteOrder order = byteOrder();
        Output to = out.forBinary(); // before a long source is read
        format.requireFreeStdout(to.isStdout());
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = new Progress(err);
        ImportReport report;
        long size = Inputs.isRegularFile(in) ? Files.size(in) : 0;
        try (CaptureSink sink =
                new CaptureSink(
                        out.path(), out.isForced(), keepSecrets, order,
                        bytes -> progress.show(progressText(bytes, size)))) {
            report = importer.run(in, sink);
        } finally {
            progress.end();
        }
        ImportPrinter.of(format.format(), Stdout.get(), err).print(in, importer.format(), out.path(), report);
        InputProblems problems = readBack(to, progress);
        problems.print(err);
        return report.damages().isEmpty() ? problems.exitCode() : ExitCode.DAMAGED;
    }

    /** Returns the progress line. Of a compressed file, compressed bytes are counted. */
    private static String progressText(long bytes, long size) {
        return "%d of %d MB read, %d %%".formatted(bytes / 1_000_000, size / 1_000_000,
                size == 0 ? 0 : 100 * bytes / size);
    }

    private @Nullable ByteOrder byteOrder() {
        return switch (byteOrder) {
            case null -> null;
            case "big" -> ByteOrder.BIG_ENDIAN;
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            default -> throw new ParameterException(spec.commandLine(),
                    "--byte-order " + byteOrder + " is not a byte order; use big or little");
        };
    }

    private Importer importer() throws IOException {
        if (from != null) {
            return Importers.of(from).orElseThrow(() -> new ParameterException(spec.commandLine(),
                    "--from " + from + " is not an import format; use one of " + formats()));
        }
        if (!Inputs.current().isFile(in) && !Inputs.isFolder(in)) {
            throw new SourceException(
                    in + " is a device, so its format cannot be detected: name it (--from pcap,"
                            + " pcapng or ss-dump)");
        }
        Optional<Importer> guessed = Importers.guess(in);
        if (guessed.isEmpty() && isEmpty()) {
            throw new SourceException(in + " is an empty file: there is nothing to import");
        }
        return guessed.orElseThrow(() -> new SourceException(isCapture()
                ? in + " is a sockreel capture already: there is nothing to import"
                : in + " is not in a format that can be imported (" + formats() + ")"));
    }

    private boolean isEmpty() throws IOException {
        if (Inputs.isFolder(in)) {
            return false;
        }
        try (InputBytes bytes = Inputs.current().open(in)) {
            return bytes.size() == 0;
        }
    }

    private boolean isCapture() {
        try (CaptureReader capture = CaptureReader.open(in)) {
            return true;
        } catch (IOException e) {
            return false; // unreadable, so not a capture
        }
    }

    private static String formats() {
        return Importers.ALL.stream().map(Importer::format).collect(Collectors.joining(", "));
    }

    /** Reads the new capture back, so that the exit code says whether the source was complete. */
    private InputProblems readBack(Output to, Progress progress) throws IOException {
        InputProblems problems = new InputProblems();
        if (to.isStream()) {
            spec.commandLine().getErr().println(Terminal.printable(out.path().toString())
                    + " is no file that can be read back, so the exit code does not say whether all dumps are complete");
            return problems;
        }
        try (SnapshotReader reader = SnapshotReader.open(out.path())) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                problems.add(s, d -> true);
                progress.show("snapshot " + s.index() + " checked");
            }
            problems.add(reader.capture());
        } finally {
            progress.end();
        }
        return problems;
    }
}
