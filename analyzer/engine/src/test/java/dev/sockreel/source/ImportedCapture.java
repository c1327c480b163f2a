package dev.sockreel.source;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.dump.Dump;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A source, imported into a capture file and read back.
 *
 * @param ending  state of the file's end
 * @param damages damages that the reader found
 */
public record ImportedCapture(
        Path reel, ImportReport report, List<Snapshot> snapshots, CaptureReader.Ending ending, int damages) {

    /** Imports a source by its detected format, with secrets masked. */
    public static ImportedCapture of(Path source) throws IOException {
        return of(source, false);
    }

    public static ImportedCapture of(Path source, boolean keepSecrets) throws IOException {
        Path reel = Files.createTempFile("imported-", ".reel");
        reel.toFile().deleteOnExit();
        Importer importer = Importers.guess(source)
                .orElseThrow(() -> new SourceException(source + " is recognized by no import"));
        ImportReport report;
        try (CaptureSink sink = new CaptureSink(reel, keepSecrets)) {
            report = importer.run(source, sink);
        }
        return read(reel, report);
    }

    static ImportedCapture read(Path reel, ImportReport report) throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        try (SnapshotReader reader = SnapshotReader.open(reel)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                snapshots.add(s);
            }
            return new ImportedCapture(
                    reel, report, snapshots, reader.capture().ending(), reader.capture().damageCount());
        }
    }

    /** Imports {@code raw/} of a shipped capture with its {@code fdmap.tsv}. */
    public static ImportedCapture rawWithOwners(String capture) {
        Path from = Capture.unpack(capture);
        try {
            Path folder = copy(from.resolve("raw"));
            Files.copy(from.resolve("fdmap.tsv"), folder.resolve("fdmap.tsv"));
            return of(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Imports another folder of a shipped capture unchanged. */
    public static ImportedCapture folder(String capture, String folder) {
        try {
            return of(Capture.unpack(capture).resolve(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a flat folder; the copy is deleted on exit. */
    public static Path copy(Path folder) throws IOException {
        Path copy = Files.createTempDirectory("copy-");
        copy.toFile().deleteOnExit();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Path to = copy.resolve(file.getFileName().toString());
                Files.copy(file, to);
                to.toFile().deleteOnExit();
            }
        }
        return copy;
    }

    public Snapshot snapshot(int index) {
        return snapshots.get(index);
    }

    /** Returns all dumps of all snapshots. */
    public List<Dump> dumps() {
        return snapshots.stream().flatMap(s -> s.dumps().stream()).toList();
    }

    /** Returns the rows of one snapshot, each socket once. */
    public List<SocketRow> rows(int snapshot) {
        List<SocketRow> rows = new ArrayList<>();
        new SnapshotSockets(snapshot(snapshot)).forEach(row -> rows.add(row.hold()));
        return rows;
    }
}
