package dev.sockreel.capture.zstd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes a stream of frames, one after another, skippable ones passed over. A stream that ends within a frame is an
 * error.
 *
 * <p>Memory: the window, as far as the frame fills it, and half as much again, at most {@link #MAX_WINDOW_BYTES} and 16
 * MiB.
 */
public final class ZstdInputStream extends InputStream {
    /** The largest window, that of zstd without --long above 27. */
    static final int MAX_WINDOW_BYTES = 128 << 20;

    private static final int SKIPPABLE = 0x184D2A50;
    private static final int MIN_BUFFER_BYTES = 256 * 1024;
    /** How much is decoded before what left the window is dropped. */
    private static final int MAX_SPARE_BYTES = 16 << 20;

    private final InputStream in;
    /** What is read of a frame's header, or a block's body. */
    private final ByteBuffer input = ByteBuffer.allocate(Block.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final BlockDecoder blocks = new BlockDecoder();
    private byte[] window = new byte[0];
    /** What of the window was handed out, and what is decoded. */
    private int taken;
    private int filled;
    private FrameHeader frame = new FrameHeader(0, 0, 0, false, 0);
    private boolean inFrame;
    private long frameBytes;
    private XxHash64 hash = new XxHash64();

    /** @param in is closed with this stream */
    public ZstdInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return fill() ? window[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        if (len == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(len, filled - taken);
        System.arraycopy(window, taken, b, off, n);
        taken += n;
        return n;
    }

    @Override
    public int available() {
        return filled - taken;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Decodes until there is something to hand out; false at the stream's end. */
    private boolean fill() throws IOException {
        while (taken == filled) {
            if (inFrame) {
                nextBlock();
            } else if (!nextFrame()) {
                return false;
            }
        }
        return true;
    }

    private boolean nextFrame() throws IOException {
        int n = in.readNBytes(input.array(), 0, 4);
        if (n == 0) {
            return false;
        }
        int magic = input.getInt(0);
        if (n < 4 || magic != FrameHeader.MAGIC && (magic & ~15) != SKIPPABLE) {
            throw new ZstdException(n < 4 ? "it is cut" : "no frame where one should begin");
        }
        if (magic == FrameHeader.MAGIC) {
            beginFrame();
            return true;
        }
        fetch(0, 4);
        try {
            in.skipNBytes(Integer.toUnsignedLong(input.getInt(0)));
        } catch (EOFException e) {
            throw cut();
        }
        return true;
    }

    private void beginFrame() throws IOException {
        fetch(4, 1);
        fetch(5, FrameHeader.bytes(input.get(4)) - 5);
        frame = FrameHeader.read(input, 0);
        if (frame.dictionaryId() != 0) {
            throw new ZstdException("it requires a dictionary");
        }
        if (Long.compareUnsigned(frame.windowBytes(), MAX_WINDOW_BYTES) > 0) {
            throw new ZstdException("it requires a window of " + Long.toUnsignedString(frame.windowBytes())
                    + " bytes, at most " + MAX_WINDOW_BYTES + " are supported");
        }
        blocks.beginFrame();
        inFrame = true;
        frameBytes = 0;
        taken = 0;
        filled = 0;
        hash = new XxHash64();
    }

    private void nextBlock() throws IOException {
        fetch(0, Block.HEADER_BYTES);
        int header = Block.header(input, 0);
        int body = Block.bodyBytes(header);
        if (body > Block.MAX_BYTES) {
            throw new ZstdException("a block of " + body + " bytes");
        }
        fetch(0, body);
        makeRoom();
        int from = filled;
        int history = (int) Math.max(0, filled - frame.windowBytes());
        blocks.decode(header, input, 0, window, history, filled, filled + frame.maxBlockBytes());
        filled = blocks.written();
        frameBytes += filled - from;
        if (frame.hasChecksum()) {
            hash.update(window, from, filled);
        }
        if (Block.isLast(header)) {
            endFrame();
        }
    }

    private void endFrame() throws IOException {
        inFrame = false;
        if (frame.contentBytes() != FrameHeader.UNKNOWN && frame.contentBytes() != frameBytes) {
            throw new ZstdException("a frame's content has another length than its header states");
        }
        if (frame.hasChecksum()) {
            fetch(0, 4);
            if (input.getInt(0) != hash.low()) {
                throw new ZstdException("wrong checksum of a frame's content");
            }
        }
    }

    /** Makes room for one more block: drops what no match can reach, or doubles the buffer while it may grow. */
    private void makeRoom() {
        int block = frame.maxBlockBytes();
        if (filled + block <= window.length) {
            return;
        }
        int reach = (int) frame.windowBytes();
        int max = reach + Math.clamp(reach / 2, block, MAX_SPARE_BYTES);
        if (window.length < max) {
            int wanted = Math.max(MIN_BUFFER_BYTES, Math.max(filled + block, 2 * window.length));
            window = Arrays.copyOf(window, Math.min(Math.max(block, max), wanted));
        }
        if (filled + block > window.length) {
            int kept = Math.min(filled, reach);
            System.arraycopy(window, filled - kept, window, 0, kept);
            filled = kept;
            taken = kept;
        }
    }

    /** Reads that many bytes into the input at the index. */
    private void fetch(int at, int bytes) throws IOException {
        if (in.readNBytes(input.array(), at, bytes) < bytes) {
            throw cut();
        }
    }

    private static ZstdException cut() {
        return new ZstdException("it is cut");
    }
}
