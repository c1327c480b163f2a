package dev.sockreel.capture;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares an index with the capture that was read up to it. */
final class IndexCheck {
    private final CaptureBytes file;
    /** The capture's first byte and the index's, counted from the file's begin. */
    private final long begin;
    private final long end;
    private final @Nullable List<GroupEntry> entries;

    private IndexCheck(CaptureBytes file, long begin, long end, @Nullable List<GroupEntry> entries) {
        this.file = file;
        this.begin = begin;
        this.end = end;
        this.entries = entries;
    }

    /** Reads the index at {@code position}. */
    static IndexCheck of(CaptureRun run, CaptureBytes file, long position, int bytes) throws IOException {
        ByteBuf index = file.read(position, bytes);
        boolean known = run.begin() != CaptureRun.UNKNOWN_BEGIN || bytes < FileIndex.bytes(0);
        long begin = known ? run.begin() : position - index.getLongLE(bytes - 8);
        boolean isOfCapture = bytes >= FileIndex.bytes(0)
                && begin >= 0
                && begin <= position - GroupHeader.BYTES
                && GroupHeader.isIntact(file.read(begin, GroupHeader.BYTES));
        List<GroupEntry> entries = isOfCapture ? FileIndex.decode(index, run.fileId(), position - begin) : null;
        return new IndexCheck(file, begin, position, entries);
    }

    /** Returns whether checksum, length and offset are right, and it belongs to this capture. */
    boolean isIntact() {
        return entries != null;
    }

    /**
     * Compares each entry with the group header that stands where it says.
     *
     * @return what the first wrong entry contradicts, null for nothing
     */
    @Nullable
    String contradiction() throws IOException {
        if (entries == null) {
            return null;
        }
        long next = begin;
        for (int i = 0; i < entries.size(); i++) {
            GroupEntry entry = entries.get(i);
            long at = begin + entry.offset();
            if (at != next) {
                return "entry " + i + " of the index says that a group begins at byte " + at + ", but the next one"
                        + " begins at byte " + next;
            }
            ByteBuf bytes = file.read(at, (int) Math.min(GroupHeader.BYTES, end - at));
            if (!GroupHeader.isIntact(bytes)) {
                return "entry " + i + " of the index names byte " + at + ", where no group begins";
            }
            GroupHeader h = GroupHeader.decode(bytes);
            GroupEntry stands = GroupEntry.of(entry.offset(), h);
            if (!entry.equals(stands)) {
                return "entry " + i + " of the index says " + words(entry) + ", but the group at byte " + at + " says "
                        + words(stands);
            }
            next = at + GroupHeader.BYTES + h.compressedBytes();
        }
        boolean ends = next == end || entries.size() == FileIndex.MAX_GROUPS;
        return ends ? null : "the index lists " + entries.size() + " groups, but another begins at byte " + next;
    }

    private static String words(GroupEntry g) {
        return "group %d, snapshot %d, time %d ns, %s owners, file %016x".formatted(
                g.number(), g.firstSnapshot(), g.realtimeNs(), g.hasOwners() ? "with" : "without", g.fileId());
    }
}
