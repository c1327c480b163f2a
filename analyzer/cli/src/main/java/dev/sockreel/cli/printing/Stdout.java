package dev.sockreel.cli.printing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Standard output in UTF-8 that reports errors; {@link java.io.PrintStream} would hide a closed pipe or a full disk.
 */
public final class Stdout {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ErrorRecorder out;
    private final OutputStream buffered;
    private final PrintWriter writer;
    private @Nullable PrintWriter text;

    public Stdout(OutputStream raw) {
        out = new ErrorRecorder(raw);
        buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        writer = new PrintWriter(new OutputStreamWriter(buffered, StandardCharsets.UTF_8), false);
    }

    /** Returns standard output of the command that this thread runs. */
    public static Stdout get() {
        return Streams.current().out();
    }

    /** Keeps the first error, which PrintWriter would drop. */
    private static final class ErrorRecorder extends OutputStream {
        private final OutputStream raw;
        private @Nullable IOException error;

        ErrorRecorder(OutputStream raw) {
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
                error = error == null ? described(e) : error;
                throw error;
            }
        }

        private static IOException described(IOException e) {
            String message = String.valueOf(e.getMessage());
            return message.contains("Broken pipe") ? new ClosedPipeException(e)
                    : new IOException("standard output: " + message, e);
        }
    }

    /** Returns the writer for text that people read: on a terminal its lines fit, elsewhere it is {@link #writer}. */
    public PrintWriter text() {
        if (text == null) {
            text = Terminal.columns() == 0 ? writer
                    : new PrintWriter(new FittedLines(writer, Terminal::columns, true), false);
        }
        return text;
    }

    /** Returns the buffered writer. Callers call {@link #check()} now and then, and at the end. */
    public PrintWriter writer() {
        return writer;
    }

    /**
     * Returns the buffered stream under the writer, for rows that are UTF-8 already; they stand behind what the writer
     * has so far. Its errors are those of {@link #check()}.
     */
    public OutputStream stream() {
        writer.flush();
        return buffered;
    }

    /**
     * Flushes the writer.
     *
     * @throws ClosedPipeException if the reader has closed the pipe
     * @throws IOException         if writing fails for another reason
     */
    public void check() throws IOException {
        if (text != null) {
            text.flush();
        }
        writer.flush();
        IOException e = out.error;
        if (e != null) {
            throw e;
        }
    }
}
