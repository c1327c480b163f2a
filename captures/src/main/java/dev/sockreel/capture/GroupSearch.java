package dev.sockreel.capture;

import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Looks for groups where no header says that one stands: inside a frame that is damaged, behind a header that is. */
final class GroupSearch {
    /** A bound on what a file made to harm can cost: a search may read a group of 4 MiB to go on 64 bytes. */
    private static final long MOST_BYTES = 1L << 29;
    private static final int MOST_FRAMES = 4096;

    private final CaptureBytes file;
    private long bytesRead;
    private int frames;
    private long searchedFrom = -1;
    private long searchedSize;
    private long found = -1;

    /**
     * A frame behind a header that is broken.
     *
     * @param header as it must have been, by the groups around it; its checksums are not known
     */
    record Headless(GroupHeader header, GroupFrame frame) {}

    GroupSearch(CaptureBytes file) {
        this.file = file;
    }

    /** Offset of the next intact group header at or after {@code from}, -1 for none. No stretch is searched twice. */
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

    /** What was joined to a file that was cut begins inside the group that is cut; else {@code end}. */
    long endOfCutGroup(long group, long end) throws IOException {
        if (bytesRead > MOST_BYTES) {
            return end;
        }
        bytesRead += end - group;
        long to = Math.min(file.size(), end + GroupHeader.BYTES - 1);
        long other = file.findHeader(group + GroupHeader.BYTES, to);
        return other < 0 ? end : other;
    }

    /**
     * The frame of a group whose header is broken. Nothing but the groups around it can say which one it is.
     *
     * @param run  what was read before, null for nothing
     * @param next where the next intact header begins, -1 for none
     */
    @Nullable
    Headless behindBrokenHeader(long at, @Nullable CaptureRun run, long next) throws IOException {
        long begin = at + GroupHeader.BYTES;
        long left = (next < 0 ? file.size() : next) - begin;
        if (left < ZstdFrame.LEAST_BYTES || bytesRead > MOST_BYTES || frames++ >= MOST_FRAMES) {
            return null;
        }
        GroupHeader behind = next < 0 ? null : GroupHeader.decode(file.read(next, GroupHeader.BYTES));
        Identity lost = between(run, behind);
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

    /** Which group stands between what was read and the next intact header; null when that is not certain. */
    private static @Nullable Identity between(@Nullable CaptureRun run, @Nullable GroupHeader behind) {
        if (run != null && !run.isClosed()) {
            boolean follows = behind == null || (behind.fileId() == run.fileId() && behind.number() > run.nextGroup());
            return follows ? new Identity(run.nextGroup(), run.fileId()) : null;
        }
        return behind == null || behind.number() == 0 ? null : new Identity(behind.number() - 1, behind.fileId());
    }
}
