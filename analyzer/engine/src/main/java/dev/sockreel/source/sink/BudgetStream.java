package dev.sockreel.source.sink;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with a sentence what goes on for too long: a stranger's archive states its own lengths. */
public final class BudgetStream extends FilterInputStream {
    private final String whatAtMost;
    private long leftInAll;
    private String what = "";
    private long left = Long.MAX_VALUE;

    /** @param whatAtMost is wrong when there are more bytes than that */
    public BudgetStream(InputStream in, long bytesInAll, String whatAtMost) {
        super(in);
        this.leftInAll = bytesInAll;
        this.whatAtMost = whatAtMost;
    }

    /**
     * For what is read from here on, until {@link #free()}.
     *
     * @param what is wrong when it is more
     */
    public void allow(long bytes, String what) {
        this.left = bytes;
        this.what = what;
    }

    /** Only the bytes in all count from here on. */
    public void free() {
        left = Long.MAX_VALUE;
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
        left -= bytes;
        leftInAll -= bytes;
        if (left < 0) {
            throw new SourceException(what);
        }
        if (leftInAll < 0) {
            throw new SourceException(whatAtMost);
        }
    }
}
