package dev.sockreel.cli.printing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, UTF-8, whose errors are not swallowed: {@link java.io.PrintStream} would hide a closed pipe and a
 * full disk.
 */
public final class Stdout {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Told out;
    private final PrintWriter writer;

    public Stdout(OutputStream raw) {
        out = new Told(raw);
        writer = new PrintWriter(
                new OutputStreamWriter(new BufferedOutputStream(out, BUFFER_BYTES), StandardCharsets.UTF_8), false);
    }

    /** Returns standard output of the command that this thread runs. */
    public static Stdout get() {
        return Streams.current().out();
    }

    /** Remembers the first error. */
    private static final class Told extends OutputStream {
        private final OutputStream raw;
        private @Nullable IOException error;

        Told(OutputStream raw) {
            this.raw = raw;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            try {
                raw.write(b, off, len);
            } catch (IOException e) {
                error = error == null ? e : error;
                throw e;
            }
        }
    }

    /** Ask {@link #check()} now and then, and at the end. */
    public PrintWriter writer() {
        return writer;
    }

    /**
     * Hands on what was written.
     *
     * @throws ClosedPipeException when nobody reads it any more
     * @throws IOException         when it cannot be written
     */
    public void check() throws IOException {
        writer.flush();
        IOException e = out.error;
        if (e != null) {
            String message = String.valueOf(e.getMessage());
            throw message.contains("Broken pipe") ? new ClosedPipeException(e)
                    : new IOException("standard output: " + message, e);
        }
    }
}
