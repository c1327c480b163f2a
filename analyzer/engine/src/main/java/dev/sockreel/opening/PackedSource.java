package dev.sockreel.opening;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The bytes of an input as they come: counts them, and tells errors of reading from those of unpacking. */
final class PackedSource extends FilterInputStream {
    private final Path path;
    private long bytes;
    private @Nullable IOException failure;

    PackedSource(Path path, InputStream in) {
        super(in);
        this.path = path;
    }

    long bytes() {
        return bytes;
    }

    /** @throws IOException when the input itself could not be read */
    void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        try {
            int got = in.read(b, off, len);
            bytes += Math.max(0, got);
            return got;
        } catch (IOException e) {
            failure = new IOException(path + ": " + e.getMessage(), e);
            throw failure;
        }
    }

    @Override
    public long skip(long n) throws IOException {
        return Math.max(0, read(new byte[Math.clamp(n, 0, 8192)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
