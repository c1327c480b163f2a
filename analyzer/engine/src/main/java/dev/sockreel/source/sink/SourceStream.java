package dev.sockreel.source.sink;

import dev.sockreel.input.InputBytes;
import dev.sockreel.input.Inputs;
import dev.sockreel.opening.Compression;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Opens a file and decompresses it if needed; its content decides, not its name. */
public final class SourceStream {
    private static final int BUFFER_BYTES = 64 * 1024;
    /** Limit for what a file unpacks to, unless it is below the ratio: text and dumps pack to a tenth or a fiftieth. */
    private static final int MAX_GIB = 1;
    private static final int MAX_RATIO = 250;

    /** Opens a file. Concatenated members (gzip, bzip2, xz, zstd) are read as one stream. */
    public static InputStream open(Path path) throws IOException {
        return open(path, bytes -> {});
    }

    /**
     * Opens a file.
     *
     * @param read receives after each read the number of bytes of the file read so far
     */
    public static InputStream open(Path path, LongConsumer read) throws IOException {
        InputBytes bytes = Inputs.current().open(path);
        InputStream raw = new BufferedInputStream(new CountingStream(bytes.stream(), read), BUFFER_BYTES);
        try {
            return decompressed(path, bytes.size(), raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static InputStream decompressed(Path path, long size, InputStream raw) throws IOException {
        String name = Compression.of(raw);
        if (name == null) {
            return raw;
        }
        InputStream plain;
        try {
            plain = Compression.unpack(name, raw);
        } catch (IOException e) {
            throw damaged(path, name, e.getCause() == null ? e : e.getCause());
        }
        long max = Math.max((long) MAX_GIB << 30, MAX_RATIO * size);
        return new BufferedInputStream(new BudgetStream(new NamingStream(path, name, plain), max,
                "%s unpacks to more than %d GiB and more than %d times its size: unpack it (%s), and import that"
                        .formatted(path, MAX_GIB, MAX_RATIO, name)),
                BUFFER_BYTES);
    }

    private static SourceException damaged(Path path, String format, Throwable e) {
        return new SourceException(
                path + " is cut off or damaged (" + format + "): " + Compression.why(e), e);
    }

    /** Reports how much of the file was read. */
    private static final class CountingStream extends FilterInputStream {
        private final LongConsumer read;
        private long bytes;

        CountingStream(InputStream file, LongConsumer read) {
            super(file);
            this.read = read;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int got = super.read(b, off, len);
            bytes += Math.max(0, got);
            read.accept(bytes);
            return got;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(n);
            bytes += skipped;
            read.accept(bytes);
            return skipped;
        }
    }

    /** Adds the file's name to errors of the decompressor. */
    private static final class NamingStream extends FilterInputStream {
        private final Path path;
        private final String format;

        NamingStream(Path path, String format, InputStream plain) {
            super(plain);
            this.path = path;
            this.format = format;
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
            } catch (IOException e) {
                throw damaged(path, format, e);
            }
        }

        /** Returns 0: on a damaged stream the question alone may fail. */
        @Override
        public int available() {
            return 0;
        }

        @Override
        public long skip(long n) throws IOException {
            return Math.max(0, read(new byte[Math.clamp(n, 0, BUFFER_BYTES)]));
        }
    }

    private SourceStream() {}
}
