package dev.sockreel.source;

import dev.sockreel.capture.ReceiveTime;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.procnet.ProcTextOrder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder with copies of /proc/net/{tcp,udp,unix,…}, as support bundles have them: one snapshot, no times. */
final class ProcNetImport implements Importer {
    /** More is no copy of a file that a kernel prints. */
    private static final long MAX_FILE_BYTES = 1L << 30;
    /** Of each file: a host's own connections stand among its first lines. */
    private static final int ORDER_BYTES = 4 << 20;
    private static final int HEADING_BYTES = 256;

    @Override
    public String format() {
        return "proc-net";
    }

    @Override
    public boolean recognizes(Path path) throws IOException {
        return Files.isDirectory(path) && !tables(path).isEmpty();
    }

    private static List<Path> tables(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file) && ProcNet.isTable(procPath(file), head(file, HEADING_BYTES))) {
                    found.add(file);
                }
            }
            return found;
        }
    }

    private static byte[] head(Path file, int bytes) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(bytes);
        }
    }

    private static String procPath(Path file) {
        return "/proc/net/" + file.getFileName();
    }

    @Override
    public ImportReport run(Path path, CaptureSink sink) throws IOException {
        List<Path> tables = Files.isDirectory(path) ? tables(path) : List.of();
        if (tables.isEmpty()) {
            throw new SourceException(path + " holds no copy of a table of /proc/net (tcp, udp, unix, …)");
        }
        for (Path file : tables) {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new SourceException(file + " has " + Files.size(file) + " bytes: no kernel prints so much");
            }
        }
        List<String> messages = new ArrayList<>();
        messages.add("/proc/net has no cookies, no times, no unix queues and no backlog limits: they stay unknown");
        sink.begin(order(tables, messages), format(), path, Map.of());
        sink.snapshot(ReceiveTime.NONE);
        for (Path file : tables) {
            ProcCopy.write(file, procPath(file), ReceiveTime.NONE, sink);
        }
        sink.finish(ReceiveTime.NONE);
        return new ImportReport(sink.snapshots(), sink.dumps(), messages);
    }

    private static ByteOrder order(List<Path> tables, List<String> messages) throws IOException {
        for (Path file : tables) {
            ByteOrder order = ProcTextOrder.of(head(file, ORDER_BYTES));
            if (order != null) {
                return order;
            }
        }
        messages.add("no loopback address tells the byte order: little-endian is taken");
        return ByteOrder.LITTLE_ENDIAN;
    }
}
