package dev.sockreel.zstd;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes the frames of a stream on and drops skippable ones, which the library does not know (RFC 8878, section 3.1.2).
 * It follows the chain of blocks without decompressing them.
 */
final class DataFrames extends FilterInputStream {
    private static final int MAGIC_SKIPPABLE = 0x184D2A50;
    private static final int SKIPPABLE_MASK = 0xfffffff0;
    /** Magic, descriptor, window, dictionary and content size. */
    private static final int MAX_HEADER_BYTES = 18;

    /** What is passed on next, before the rest of the stream: the header just read. */
    private final byte[] header = new byte[MAX_HEADER_BYTES];
    private int headerAt;
    private int headerBytes;
    /** How many bytes follow the header until the next one. */
    private long bodyBytes;
    private boolean inFrame;
    private boolean lastBlock;
    private int checksumBytes;
    /** True when the bytes are no frames: the library says what is wrong with them. */
    private boolean foreign;

    DataFrames(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        if (len == 0) {
            return 0;
        }
        while (headerAt == headerBytes && bodyBytes == 0 && !foreign) {
            if (inFrame) {
                beginBlock();
            } else if (!beginFrame()) {
                return -1;
            }
        }
        if (headerAt < headerBytes) {
            int n = Math.min(len, headerBytes - headerAt);
            System.arraycopy(header, headerAt, b, off, n);
            headerAt += n;
            return n;
        }
        int n = in.read(b, off, foreign ? len : (int) Math.min(len, bodyBytes));
        if (n < 0 && !foreign) {
            throw cut();
        }
        bodyBytes -= foreign ? 0 : n;
        return n;
    }

    /** Reads up to the header of the next frame with data; false at the stream's end. */
    private boolean beginFrame() throws IOException {
        headerAt = 0;
        headerBytes = in.readNBytes(header, 0, Integer.BYTES);
        if (headerBytes == 0) {
            return false;
        }
        if (headerBytes < Integer.BYTES) {
            throw cut();
        }
        int magic = int32();
        if ((magic & SKIPPABLE_MASK) == MAGIC_SKIPPABLE) {
            skip();
            return true;
        }
        foreign = magic != Blocks.MAGIC;
        if (!foreign) {
            need(1);
            int descriptor = header[Blocks.DESCRIPTOR_AT] & 0xff;
            need(Blocks.bytesAfter(descriptor));
            checksumBytes = Blocks.checksumBytes(descriptor);
            inFrame = true;
            lastBlock = false;
        }
        return true;
    }

    private void skip() throws IOException {
        headerBytes = 0;
        need(Integer.BYTES);
        try {
            in.skipNBytes(Integer.toUnsignedLong(int32()));
        } catch (EOFException e) {
            throw cut();
        }
        headerBytes = 0;
    }

    private void beginBlock() throws IOException {
        headerAt = 0;
        headerBytes = 0;
        if (lastBlock) {
            inFrame = false;
            return;
        }
        need(Blocks.HEADER_BYTES);
        int block = Blocks.header(header, 0);
        lastBlock = Blocks.isLast(block);
        bodyBytes = (long) Blocks.bodyBytes(block) + (lastBlock ? checksumBytes : 0);
    }

    /** Reads more of a header. */
    private void need(int bytes) throws IOException {
        int got = in.readNBytes(header, headerBytes, bytes);
        headerBytes += got;
        if (got < bytes) {
            throw cut();
        }
    }

    private static EOFException cut() {
        return new EOFException("it ends within a frame");
    }

    private int int32() {
        return header[0] & 0xff | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16 | header[3] << 24;
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public long skip(long n) throws IOException {
        return Math.max(0, read(new byte[Math.clamp(n, 0, 8192)]));
    }
}
