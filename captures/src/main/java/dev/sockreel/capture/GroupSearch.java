package dev.sockreel.capture;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.zstd.ZstdFrame;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches for groups where no intact header leads to them: inside a damaged frame, or after a damaged header. */
final class GroupSearch {
    /** Bounds what a hostile file can cost: a search may read a group of 4 MiB to advance by 64 bytes. */
    private static final long MAX_BYTES_READ = 1L << 29;
    private static final int MAX_FRAMES = 4096;

    private final CaptureBytes file;
    private long bytesRead;
    private int frames;
    private long searchedFrom = -1;
    private long searchedSize;
    private long found = -1;

    /**
     * A frame whose header is broken.
     *
     * @param header the header as it must have been, judging by the groups around it; its checksums are unknown
     * @param frame  the frame's content
     */
    record Headless(GroupHeader header, GroupFrame frame) {}

    GroupSearch(CaptureBytes file) {
        this.file = file;
    }

    /** Returns the offset of the next intact group header at or after {@code from}, -1 for none; caches the answer. */
    long nextHeader(long from) throws IOException {
        long size = file.size();
        boolean known = searchedFrom >= 0 && searchedFrom <= from && (found < 0 ? size == searchedSize : from <= found);
        if (!known) {
            searchedFrom = from;
            searchedSize = size;
            found = file.findHeader(from);
        }
        return found;
    }

    /** Returns where another capture begins inside a group that was cut before it was joined; else {@code end}. */
    long endOfCutGroup(long group, long end) throws IOException {
        if (bytesRead > MAX_BYTES_READ) {
            return end;
        }
        bytesRead += end - group;
        long to = Math.min(file.size(), end + GroupHeader.BYTES - 1);
        long other = file.findHeader(group + GroupHeader.BYTES, to);
        return other < 0 ? end : other;
    }

    /**
     * Returns the frame after a broken header, or null. Only the groups around it show its number.
     *
     * @param at   offset of the broken header
     * @param run  the capture read so far, null before the first
     * @param next offset of the next intact header, -1 for none
     */
    @Nullable
    Headless afterBrokenHeader(long at, @Nullable CaptureRun run, long next) throws IOException {
        long begin = at + GroupHeader.BYTES;
        long left = (next < 0 ? file.size() : next) - begin;
        if (left < ZstdFrame.MIN_BYTES || bytesRead > MAX_BYTES_READ || frames++ >= MAX_FRAMES) {
            return null;
        }
        GroupHeader following = next < 0 ? null : GroupHeader.decode(file.read(next, GroupHeader.BYTES));
        Identity lost = between(run, following);
        if (lost == null) {
            return null;
        }
        ByteBuf bytes = file.read(begin, (int) Math.min(left, GroupHeader.MAX_COMPRESSED));
        bytesRead += bytes.readableBytes();
        GroupFrame frame = GroupFrame.ofBrokenHeader(bytes.array());
        if (frame == null) {
            return null;
        }
        int snapshot = run == null ? CaptureWriter.NO_SNAPSHOT : run.snapshot();
        return new Headless(
                new GroupHeader(
                        0, lost.number(), snapshot, frame.compressedBytes(), frame.content().readableBytes(), 0, 0,
                        ReceiveTime.UNKNOWN, lost.fileId()),
                frame);
    }

    private record Identity(int number, long fileId) {}

    /** Identifies the group between what was read and the next intact header; null when that is not certain. */
    private static @Nullable Identity between(@Nullable CaptureRun run, @Nullable GroupHeader following) {
        if (run != null && !run.isClosed()) {
            boolean follows = following == null
                    || (following.fileId() == run.fileId() && following.number() > run.nextGroup());
            return follows ? new Identity(run.nextGroup(), run.fileId()) : null;
        }
        return following == null || following.number() == 0
                ? null
                : new Identity(following.number() - 1, following.fileId());
    }

    /**
     * Groups that state too much content.
     *
     * @param end  offset behind the last one
     * @param last number of the last one
     */
    record Dense(long end, int last) {}

    /** Returns the groups that state too much content from a first one on. */
    Dense dense(GroupHeader first, long endOfFirst) throws IOException {
        long end = endOfFirst;
        int last = first.number();
        GroupHeader next;
        while ((next = headerAt(end)) != null && next.isTooDense() && next.fileId() == first.fileId()
                && next.number() == last + 1 && end + GroupHeader.BYTES + next.compressedBytes() <= file.size()) {
            end += GroupHeader.BYTES + next.compressedBytes();
            last++;
        }
        return new Dense(end, last);
    }

    /** Returns the group header of this version that stands there; null for none. */
    private @Nullable GroupHeader headerAt(long at) throws IOException {
        if (at + GroupHeader.BYTES > file.size()) {
            return null;
        }
        ByteBuf bytes = file.read(at, GroupHeader.BYTES);
        return GroupHeader.isIntact(bytes) && GroupHeader.version(bytes) == GroupHeader.VERSION
                ? GroupHeader.decode(bytes) : null;
    }

    /** Lists a file's groups, from header to header. */
    static List<GroupEntry> groups(CaptureBytes file) throws IOException {
        List<GroupEntry> found = new ArrayList<>();
        long at = file.findHeader(0);
        while (at >= 0) {
            GroupHeader h = GroupHeader.decode(file.read(at, GroupHeader.BYTES));
            long next = at + GroupHeader.BYTES + h.compressedBytes();
            if (next <= file.size()) {
                found.add(GroupEntry.of(at, h));
            }
            at = file.findHeader(Math.min(next, file.size()));
        }
        return found;
    }
}
