package dev.sockreel.source.log;

import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.input.Inputs;
import dev.sockreel.source.log.LogIndex.LoggedDatagram;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.HostOrder;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.Remarks;
import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Imports a folder with index.tsv, NAME.bin and NAME.req, or a folder of numbered such folders: a format that a C
 * program of a hundred lines can write on a host without Java. The index is read twice, so that nothing of it is kept
 * in memory.
 */
public final class DatagramLogImport implements Importer {
    @Override
    public String format() {
        return Origin.DATAGRAM_LOG.id();
    }

    @Override
    public boolean recognizes(Path path) throws IOException {
        return Inputs.isFolder(path) && !folders(path).isEmpty();
    }

    /** Returns the folder itself, or its numbered folders in numeric order. */
    private static List<Path> folders(Path path) throws IOException {
        if (Files.isRegularFile(path.resolve(LogIndex.INDEX))) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(p -> p.getFileName().toString().matches("[0-9]{1,9}"))
                    .filter(p -> Files.isRegularFile(p.resolve(LogIndex.INDEX)))
                    .sorted(Comparator.comparingInt(p -> Integer.parseInt(p.getFileName().toString())))
                    .toList();
        }
    }

    @Override
    public ImportReport run(Path path, CaptureSink sink) throws IOException {
        List<Path> folders = Inputs.isFolder(path) ? folders(path) : List.of();
        if (folders.isEmpty()) {
            throw new SourceException(path + " is not a datagram-log: it has neither index.tsv nor numbered folders"
                    + " with one");
        }
        ByteOrder order = order(folders, path);
        sink.begin(order, format(), path, Map.of());
        Remarks remarks = new Remarks();
        remarks.add("a datagram log" + Importer.HAS_NO_CHECKSUMS);
        Remarks damages = new Remarks();
        ReceiveTime last = ReceiveTime.NONE;
        for (Path folder : folders) {
            last = new LogFolder(folder, order, sink, remarks, damages).run();
        }
        if (sink.snapshots() == 0) {
            throw new SourceException(path + " has no dump, only look-ups of single sockets");
        }
        return sink.finish(last, remarks.all(), damages.all());
    }

    private static ByteOrder order(List<Path> folders, Path path) throws IOException {
        for (Path folder : folders) {
            try (LogIndex index = new LogIndex(folder);
                    LogFiles files = new LogFiles(folder)) {
                LoggedDatagram d;
                while ((d = index.next()) != null) {
                    ByteOrder order = d.beginsDump() ? order(files, d) : null;
                    if (order != null) {
                        return order;
                    }
                }
            }
        }
        throw new SourceException(path + " has no netlink message, so its byte order is unknown");
    }

    private static @Nullable ByteOrder order(LogFiles files, LoggedDatagram d) throws IOException {
        ByteOrder order = HostOrder.of(files.request(d.name()));
        return order != null ? order : HostOrder.of(files.read(d), 0);
    }
}
