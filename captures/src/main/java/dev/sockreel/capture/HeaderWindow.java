package dev.sockreel.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;

/**
 * Reads group headers one after another, those of small groups many at a time: a file of 10,000 snapshots of a small
 * host has 4 MB. For one pass, since the file may grow.
 */
final class HeaderWindow {
    /** What is read at once where groups are smaller, bytes. */
    private static final int WINDOW_BYTES = 128 << 10;

    private final CaptureBytes file;
    private final long size;
    private byte[] window = {};
    private long windowAt;
    private long last;

    HeaderWindow(CaptureBytes file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /** Returns the size of the file when the pass began, bytes. */
    long size() {
        return size;
    }

    /**
     * Returns the 64 bytes at an offset.
     *
     * @param at at most {@link #size} less 64
     */
    ByteBuf read(long at) throws IOException {
        boolean isWithin = at >= windowAt && at + GroupHeader.BYTES <= windowAt + window.length;
        if (!isWithin) {
            boolean areSmall = at - last < WINDOW_BYTES;
            long bytes = Math.min(areSmall ? WINDOW_BYTES : GroupHeader.BYTES, size - at);
            window = file.read(at, (int) bytes).array();
            windowAt = at;
        }
        last = at;
        return Unpooled.wrappedBuffer(window, (int) (at - windowAt), GroupHeader.BYTES);
    }
}
