package dev.sockreel.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The counts of the capture file's format (captures/FORMAT.md). */
final class CaptureCounts {
    /** The inode of the socket that commands about one socket are given. */
    static final long INODE = 1;

    static List<Count> all() {
        List<Count> all = new ArrayList<>();
        all.addAll(FileCounts.ALL);
        all.addAll(SnapshotCounts.ALL);
        all.addAll(SocketCounts.ALL);
        all.addAll(ProcessCounts.ALL);
        all.addAll(PacketCounts.ALL);
        all.addAll(FolderCounts.ALL);
        return List.copyOf(all);
    }

    private CaptureCounts() {}
}
