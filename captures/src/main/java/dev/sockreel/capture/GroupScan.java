package dev.sockreel.capture;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists a file's groups, from its index or, where that does not cover the whole file, from header to header. */
final class GroupScan {
    static List<GroupEntry> of(CaptureBytes file) throws IOException {
        List<GroupEntry> found = readTrailingIndex(file);
        if (found != null && found.size() < FileIndex.MAX_GROUPS) {
            return found;
        }
        // A full index may not be the whole list: continue after its last group.
        found = found == null ? new ArrayList<>() : found;
        long at = file.findHeader(found.isEmpty() ? 0 : found.getLast().offset() + 1);
        while (at >= 0) {
            GroupHeader h = GroupHeader.decode(file.read(at, GroupHeader.BYTES));
            long next = at + GroupHeader.BYTES + h.compressedBytes();
            if (next <= file.size()) {
                found.add(new GroupEntry(
                        at, h.fileId(), h.number(), h.firstSnapshot(), h.realtimeNs(), h.has(GroupHeader.OWNERS)));
            }
            at = file.findHeader(Math.min(next, file.size()));
        }
        return found;
    }

    /** Returns the index's list; null without an index, or when captures precede its own, whose groups it lacks. */
    private static @Nullable List<GroupEntry> readTrailingIndex(CaptureBytes file) throws IOException {
        long size = file.size();
        if (size < GroupHeader.BYTES + FileIndex.bytes(0)) {
            return null;
        }
        long at = file.read(size - 8, 8).getLongLE(0);
        if (at < GroupHeader.BYTES || at > size - FileIndex.bytes(0)
                || size - at > FileIndex.bytes(FileIndex.MAX_GROUPS)) {
            return null;
        }
        ByteBuf head = file.read(0, GroupHeader.BYTES);
        if (!GroupHeader.isIntact(head)) {
            return null;
        }
        return FileIndex.decode(file.read(at, (int) (size - at)), GroupHeader.decode(head).fileId(), at);
    }

    private GroupScan() {}
}
