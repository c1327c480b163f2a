package dev.sockreel.source.log;

import dev.sockreel.capture.record.Owners;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads fdmap.tsv: pid, comm, fd and inode of every socket descriptor. It counts as a complete scan. */
final class FdMap {
    private record Descriptor(int fd, long inode) {}

    private record Process(int pid, String comm) {}

    /** Limit for a comm. The kernel's own threads have up to 63 bytes, all others up to 15. */
    private static final int MAX_COMM_BYTES = 255;

    /** Returns the owners; null when there is no such file. Bytes of a comm that are not UTF-8 are kept unchanged. */
    static @Nullable List<Owners.Holder> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Map<Process, List<Descriptor>> processes = new LinkedHashMap<>();
        for (TsvLine line : TsvLine.readAll(file, StandardCharsets.ISO_8859_1)) {
            line.needs(4);
            if (line.text(1).length() > MAX_COMM_BYTES) {
                throw line.wrong("column 2: " + line.text(1).length() + " bytes are too long for a comm");
            }
            Process process = new Process((int) line.number(0, Integer.MAX_VALUE), line.text(1));
            processes.computeIfAbsent(process, p -> new ArrayList<>())
                    .add(new Descriptor((int) line.number(2, Integer.MAX_VALUE), line.number(3, Long.MAX_VALUE)));
        }
        return processes.entrySet().stream()
                .flatMap(e -> holders(e.getKey(), e.getValue()).stream())
                .toList();
    }

    private static List<Owners.Holder> holders(Process p, List<Descriptor> held) {
        List<Owners.Holder> slices = new ArrayList<>();
        for (int from = 0; from < held.size(); from += Owners.PART_DESCRIPTORS) {
            slices.add(holder(p, held.subList(from, Math.min(held.size(), from + Owners.PART_DESCRIPTORS))));
        }
        return slices;
    }

    private static Owners.Holder holder(Process p, List<Descriptor> held) {
        return new Owners.Holder(
                p.pid(),
                p.comm().getBytes(StandardCharsets.ISO_8859_1),
                new byte[0],
                new byte[0],
                held.stream().mapToInt(Descriptor::fd).toArray(),
                held.stream().mapToLong(Descriptor::inode).toArray());
    }

    private FdMap() {}
}
