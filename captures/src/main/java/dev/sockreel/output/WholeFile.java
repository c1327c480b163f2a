package dev.sockreel.output;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that gets its name when all of it is written. Nothing is left when the work fails or is interrupted: Ctrl-C and
 * SIGTERM remove the file and end the JVM with exit code 3. A pipe or device is written through.
 */
public final class WholeFile implements AutoCloseable {
    /** The exit code of a command that could not do what was asked; that of an interrupted JVM would be 130. */
    private static final int EXIT_FAILED = 3;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Output output;
    private final Thread hook = Thread.ofPlatform().name("sockreel-interrupted").unstarted(this::interrupted);
    private volatile @Nullable OutputFile created;
    private @Nullable Buffered buffered;

    private WholeFile(Output output) {
        this.output = output;
    }

    /**
     * Creates a file that is to be named {@code path}.
     *
     * @param force whether a file that is not empty is replaced
     * @throws java.nio.file.FileAlreadyExistsException if the file exists and is not empty
     */
    public static WholeFile create(Path path, boolean force) throws IOException {
        return create(Output.of(path, force));
    }

    /** Creates the file. */
    public static WholeFile create(Output output) throws IOException {
        WholeFile file = new WholeFile(output);
        try {
            Runtime.getRuntime().addShutdownHook(file.hook);
        } catch (IllegalStateException e) {
            throw new IOException(output.path() + ": interrupted before it was begun", e);
        }
        try {
            file.open();
            return file;
        } catch (IOException | RuntimeException e) {
            file.removeHook();
            throw e;
        }
    }

    private void open() throws IOException {
        if (output.isStream()) {
            created = output.create(); // a pipe waits for its reader
        } else {
            synchronized (this) {
                created = output.create();
            }
        }
    }

    /** The path as it was given. */
    public Path path() {
        return output.path();
    }

    /** The file, which {@link #finish()} publishes. */
    public OutputFile file() {
        OutputFile file = created;
        if (file == null) {
            throw new IllegalStateException("not created");
        }
        return file;
    }

    /** Returns a buffered stream into the file, which {@link #finish()} flushes. Closing it does not close the file. */
    public OutputStream stream() {
        Buffered stream = buffered;
        if (stream == null) {
            stream = new Buffered(file());
            buffered = stream;
        }
        return stream;
    }

    private static final class Buffered extends BufferedOutputStream {
        Buffered(OutputFile file) {
            super(new Named(file), BUFFER_BYTES);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Adds the path to the system's errors, which name none. */
    private static final class Named extends FilterOutputStream {
        private final OutputFile file;

        Named(OutputFile file) {
            super(Channels.newOutputStream(file.channel()));
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int at, int length) throws IOException {
            try {
                out.write(bytes, at, length);
            } catch (IOException e) {
                throw file.named(e);
            }
        }
    }

    /** Gives the file its name. */
    public void finish() throws IOException {
        if (buffered != null) {
            buffered.flush();
        }
        file().publish();
    }

    private synchronized void interrupted() {
        OutputFile file = created;
        if (file != null && file.isPublished()) {
            return; // it is whole
        }
        try {
            if (file != null) {
                file.remove();
            }
        } catch (IOException e) {
            System.err.println("sockreel: a temporary file could not be removed: " + e.getMessage());
        }
        Runtime.getRuntime().halt(EXIT_FAILED);
    }

    private boolean removeHook() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false; // the JVM is shutting down: the hook removes the file
        }
    }

    @Override
    public void close() throws IOException {
        if (removeHook()) {
            file().close();
        }
    }
}
