package dev.sockreel.zstd;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Turns what the library throws on damaged input, which is not always an IOException, into one. */
final class CheckedStream extends FilterInputStream {
    CheckedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        try {
            return super.read(b, off, len);
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }
}
