package dev.sockreel.cli;

import dev.sockreel.export.Exporter;
import dev.sockreel.export.Exporters;
import dev.sockreel.snapshot.Dump;
import dev.sockreel.snapshot.SnapshotReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
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
final class ExportCommand implements Callable<Integer> {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A capture (.reel).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "OUT", description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--to", required = true, paramLabel = "FORMAT",
            description = "ss-dump (what TCPDIAG_FILE=OUT ss reads) or ndjson.")
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
                OutputStream sink = new BufferedOutputStream(create())) {
            long[] sockets = new long[1];
            choice.visit(reader, exporter::holds, err, snapshot -> {
                sockets[0] += exporter.write(snapshot, sink);
                quality.shown(snapshot, (Dump d) -> exporter.holds(d));
            });
            quality.read(reader.capture());
            err.println(sockets[0] + " sockets written to " + Terminal.printable(out.toString()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        quality.tell(err);
        return quality.exitCode();
    }

    /** Its owner's alone. An existing file is not overwritten; a device or an empty file may be written to. */
    private OutputStream create() throws IOException {
        if (Files.isRegularFile(out) && Files.size(out) > 0) {
            throw new FileAlreadyExistsException(out.toString());
        }
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean posix = out.getFileSystem().supportedFileAttributeViews().contains("posix");
        return Channels.newOutputStream(posix
                ? FileChannel.open(out, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : FileChannel.open(out, options));
    }
}
