package dev.sockreel.capture;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a file that holds one capture whose groups follow each other without a gap, so that its snapshots can
 * be reached one by one. Taken from the index where the file ends with one, which is a hint: who goes to a place
 * checks the header there. Else from all headers.
 *
 * @param groups   in the order of the file; at least one
 * @param isClosed whether close record and index stand at the file's end
 */
public record GroupList(List<GroupEntry> groups, boolean isClosed) {
    public GroupList {
        groups = List.copyOf(groups);
    }

    /** Returns the snapshots, in their order. */
    public List<SnapshotEntry> snapshots() {
        List<SnapshotEntry> all = new ArrayList<>(groups.size());
        int snapshot = CaptureWriter.NO_SNAPSHOT;
        for (GroupEntry g : groups) {
            if (g.firstSnapshot() > snapshot) {
                snapshot = g.firstSnapshot();
                all.add(new SnapshotEntry(g, g.hasOwners(), g.hasFacts(), g.hasNamespaces()));
            } else if (!all.isEmpty()) {
                all.set(all.size() - 1, all.getLast().with(g));
            }
        }
        return all;
    }

    /** Returns the groups of the last snapshot and what follows it. */
    List<GroupEntry> ofLastSnapshot() {
        int snapshot = groups.getLast().firstSnapshot();
        return groups.stream().filter(g -> g.firstSnapshot() == snapshot).toList();
    }

    /** Returns null where the file is not as said above, as when it is damaged or captures were joined. */
    static @Nullable GroupList of(CaptureBytes file) throws IOException {
        long size = file.size();
        if (file.incomplete() != null || size < GroupHeader.BYTES) {
            return null;
        }
        ByteBuf first = file.read(0, GroupHeader.BYTES);
        if (!isOfThisVersion(first)) {
            return null;
        }
        long index = size < GroupHeader.BYTES + FileIndex.bytes(1) ? -1 : file.read(size - 8, 8).getLongLE(0);
        List<GroupEntry> listed = index(file, size, index, GroupHeader.decode(first).fileId());
        if (listed == null) {
            return scanned(file, size, false);
        }
        return listed.size() < FileIndex.MAX_GROUPS ? indexed(file, listed, index) : scanned(file, index, true);
    }

    private static boolean isOfThisVersion(ByteBuf header) {
        return GroupHeader.isIntact(header) && GroupHeader.version(header) == GroupHeader.VERSION;
    }

    /** Returns the entries of the index that stands at an offset; null where none does that can be right. */
    private static @Nullable List<GroupEntry> index(CaptureBytes file, long size, long offset, long fileId)
            throws IOException {
        boolean mayBe = offset >= GroupHeader.BYTES && offset <= size - FileIndex.bytes(1)
                && size - offset <= FileIndex.bytes(FileIndex.MAX_GROUPS);
        return mayBe ? FileIndex.decode(file.read(offset, (int) (size - offset)), fileId, offset) : null;
    }

    /** Returns null where the entries cannot be those of all groups before an offset. */
    private static @Nullable GroupList indexed(CaptureBytes file, List<GroupEntry> groups, long offset)
            throws IOException {
        if (!follow(groups) || groups.getFirst().offset() != 0) {
            return null;
        }
        GroupEntry last = groups.getLast();
        GroupHeader h = header(file, last);
        boolean isLast = h != null && h.has(GroupHeader.LAST)
                && last.offset() + GroupHeader.BYTES + h.compressedBytes() == offset;
        return isLast ? new GroupList(groups, true) : null;
    }

    /** Returns the header of a group; null when another one stands there, or none. */
    private static @Nullable GroupHeader header(CaptureBytes file, GroupEntry g) throws IOException {
        if (g.offset() > file.size() - GroupHeader.BYTES) {
            return null;
        }
        ByteBuf bytes = file.read(g.offset(), GroupHeader.BYTES);
        if (!isOfThisVersion(bytes)) {
            return null;
        }
        GroupHeader h = GroupHeader.decode(bytes);
        return GroupEntry.of(g.offset(), h).equals(g) ? h : null;
    }

    /**
     * Lists groups from header to header, up to the last one or to one that is cut.
     *
     * @param upTo     where they have to end, bytes
     * @param isClosed whether the last one has to be the capture's last
     */
    private static @Nullable GroupList scanned(CaptureBytes file, long upTo, boolean isClosed) throws IOException {
        HeaderWindow headers = new HeaderWindow(file);
        List<GroupEntry> groups = new ArrayList<>();
        long at = 0;
        while (at + GroupHeader.BYTES <= upTo) {
            ByteBuf bytes = headers.read(at);
            if (!isOfThisVersion(bytes)) {
                return null;
            }
            GroupHeader h = GroupHeader.decode(bytes);
            long end = at + GroupHeader.BYTES + h.compressedBytes();
            if (h.has(GroupHeader.LAST) && !(isClosed && end == upTo)) {
                return null; // its index is missing or damaged, or others follow
            }
            if (end <= upTo) {
                groups.add(GroupEntry.of(at, h));
            }
            at = end;
        }
        return follow(groups) && !(isClosed && at != upTo) ? new GroupList(groups, isClosed) : null;
    }

    /** Returns whether these are groups 0, 1, 2 … of one capture, whose snapshots ascend. */
    private static boolean follow(List<GroupEntry> groups) {
        if (groups.isEmpty()) {
            return false;
        }
        GroupEntry first = groups.getFirst();
        int snapshot = first.firstSnapshot();
        for (int i = 0; i < groups.size(); i++) {
            GroupEntry g = groups.get(i);
            if (g.number() != i || g.fileId() != first.fileId() || g.firstSnapshot() < snapshot) {
                return false;
            }
            snapshot = g.firstSnapshot();
        }
        return true;
    }
}
