package dev.sockreel.source.log;

import dev.sockreel.capture.record.Owners;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads fdmap.tsv: pid, comm, fd and inode of every socket descriptor. It counts as a complete scan. */
final class FdMap {
    private record Process(int pid, String comm) {}

    /** The descriptors of one process. */
    private static final class Held {
        private int[] fds = new int[4];
        private long[] inodes = new long[4];
        private int count;

        void add(int fd, long inode) {
            if (count == fds.length) {
                fds = Arrays.copyOf(fds, 2 * count);
                inodes = Arrays.copyOf(inodes, 2 * count);
            }
            fds[count] = fd;
            inodes[count++] = inode;
        }
    }

    /** Limit for a comm. The kernel's own threads have up to 63 bytes, all others up to 15. */
    private static final int MAX_COMM_BYTES = 255;
    /** Limit for descriptors. Hosts with a million sockets have a million of them. */
    private static final int MAX_DESCRIPTORS = 4_000_000;

    /** Returns the owners; null when there is no such file. Bytes of a comm that are not UTF-8 are kept unchanged. */
    static @Nullable List<Owners.Holder> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Map<Process, Held> processes = new LinkedHashMap<>();
        try (TsvFile lines = new TsvFile(file, StandardCharsets.ISO_8859_1)) {
            TsvLine line;
            for (int descriptors = 1; (line = lines.next()) != null; descriptors++) {
                line.needs(4);
                if (line.text(1).length() > MAX_COMM_BYTES) {
                    throw line.wrong("column 2: " + line.text(1).length() + " bytes are too long for a comm");
                }
                if (descriptors > MAX_DESCRIPTORS) {
                    throw line.wrong("more than %,d descriptors; split the log by namespace or process".formatted(
                            MAX_DESCRIPTORS));
                }
                Process process = new Process((int) line.number(0, Integer.MAX_VALUE), line.text(1));
                processes.computeIfAbsent(process, p -> new Held())
                        .add((int) line.number(2, Integer.MAX_VALUE), line.number(3, Long.MAX_VALUE));
            }
        }
        List<Owners.Holder> holders = new ArrayList<>();
        processes.forEach((process, held) -> addHolders(process, held, holders));
        return holders;
    }

    private static void addHolders(Process p, Held held, List<Owners.Holder> holders) {
        for (int from = 0; from < held.count; from += Owners.PART_DESCRIPTORS) {
            int to = Math.min(held.count, from + Owners.PART_DESCRIPTORS);
            holders.add(new Owners.Holder(p.pid(), p.comm().getBytes(StandardCharsets.ISO_8859_1), new byte[0],
                    new byte[0], Arrays.copyOfRange(held.fds, from, to), Arrays.copyOfRange(held.inodes, from, to)));
        }
    }

    private FdMap() {}
}
