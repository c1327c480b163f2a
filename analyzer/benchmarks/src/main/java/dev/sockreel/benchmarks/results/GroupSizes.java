package dev.sockreel.benchmarks.results;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads from a capture's group headers how many bytes each snapshot takes in the file (captures/FORMAT.md). */
public final class GroupSizes {
    private static final int MAGIC = 0x184D2A5A;
    private static final int HEADER_BYTES = 64;
    private static final int FIRST_SNAPSHOT_AT = 24;
    private static final int COMPRESSED_AT = 28;

    /**
     * Returns the bytes of the file's groups up to the last one of the first snapshot: what a recording has written
     * when its first snapshot ends.
     *
     * @throws IOException when the file does not begin with a group
     */
    public static long firstSnapshotBytes(Path reel) throws IOException {
        try (FileChannel in = FileChannel.open(reel)) {
            long at = 0;
            for (Group group : groups(in)) {
                if (group.firstSnapshot > 0) {
                    break;
                }
                at += group.bytes;
            }
            return at;
        }
    }

    /**
     * One group.
     *
     * @param firstSnapshot the snapshot that begins in it or that it continues, -1 before the first
     * @param bytes         with its header
     */
    private record Group(int firstSnapshot, long bytes) {}

    private static List<Group> groups(FileChannel in) throws IOException {
        List<Group> all = new ArrayList<>();
        long at = 0;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (at + HEADER_BYTES <= in.size()) {
            read(in, header, at);
            if (header.getInt(0) != MAGIC) {
                break; // the index
            }
            Group group = new Group(header.getInt(FIRST_SNAPSHOT_AT),
                    HEADER_BYTES + Integer.toUnsignedLong(header.getInt(COMPRESSED_AT)));
            all.add(group);
            at += group.bytes;
        }
        if (all.isEmpty()) {
            throw new IOException("no group begins the file");
        }
        return all;
    }

    private static void read(FileChannel in, ByteBuffer header, long from) throws IOException {
        header.clear();
        long at = from;
        while (header.hasRemaining()) {
            int n = in.read(header, at);
            if (n < 0) {
                throw new EOFException("the file became shorter");
            }
            at += n;
        }
    }

    private GroupSizes() {}
}
