package dev.sockreel.source.sink;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Limits how many bytes are read, since an untrusted archive states its own lengths. Beyond a limit, reading fails with
 * a {@link SourceException}.
 */
public final class BudgetStream extends FilterInputStream {
    private final String totalMessage;
    private long totalLeft;
    private long readBytes;
    private String limitMessage = "";
    private long left = Long.MAX_VALUE;

    /**
     * Limits the whole stream.
     *
     * @param totalMessage message of the exception when the stream is longer
     */
    public BudgetStream(InputStream in, long totalBytes, String totalMessage) {
        super(in);
        this.totalLeft = totalBytes;
        this.totalMessage = totalMessage;
    }

    /**
     * Limits what is read from here on, until {@link #removeLimit()}.
     *
     * @param limitMessage message of the exception when it is more
     */
    public void limit(long bytes, String limitMessage) {
        this.left = bytes;
        this.limitMessage = limitMessage;
    }

    /** Removes the limit; the limit of the whole stream remains. */
    public void removeLimit() {
        left = Long.MAX_VALUE;
    }

    /** Returns the number of bytes read so far. */
    public long readBytes() {
        return readBytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        spend(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int got = super.read(b, off, len);
        spend(Math.max(0, got));
        return got;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        spend(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void spend(long bytes) throws SourceException {
        readBytes += bytes;
        left -= bytes;
        totalLeft -= bytes;
        if (left < 0) {
            throw new SourceException(limitMessage);
        }
        if (totalLeft < 0) {
            throw new SourceException(totalMessage);
        }
    }
}
