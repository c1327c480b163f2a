package dev.sockreel.cli.printing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * An output file that is written as {@code OUT.part} and renamed when it is finished. The part is removed when the work
 * fails or is interrupted. A device or a pipe is written to directly.
 */
public final class WholeFile implements AutoCloseable {
    private final Path out;
    private final @Nullable Path part;
    private final OutputStream stream;
    private final Thread hook;
    private boolean done;

    private WholeFile(Path out, @Nullable Path part, OutputStream stream) {
        this.out = out;
        this.part = part;
        this.stream = new BufferedOutputStream(stream, 64 * 1024);
        this.hook = Thread.ofPlatform().name("sockreel-interrupted").unstarted(this::interrupted);
    }

    /** @throws java.nio.file.FileAlreadyExistsException if the file exists and is not empty */
    public static WholeFile create(Path out) throws IOException {
        OutputFile.refuseExisting(out);
        boolean isOther = Files.exists(out) && !Files.isRegularFile(out);
        Path part = isOther ? null : out.resolveSibling(out.getFileName() + ".part");
        WholeFile file = new WholeFile(out, part, part == null ? OutputFile.create(out) : OutputFile.replace(part));
        Runtime.getRuntime().addShutdownHook(file.hook);
        return file;
    }

    public OutputStream stream() {
        return stream;
    }

    /** Closes the stream and gives the file its name. */
    public void finish() throws IOException {
        stream.close();
        if (part != null) {
            Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
        }
        done = true;
    }

    /** Handles Ctrl-C: removes the part and exits with {@link ExitCode#FAILED} instead of 130, as there is no file. */
    private void interrupted() {
        try {
            remove();
        } catch (IOException e) {
            System.err.println("sockreel: " + part + " could not be removed: " + e.getMessage());
        }
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    private void remove() throws IOException {
        if (part != null) {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is shutting down: the hook removes the part
        }
        if (done) {
            return;
        }
        try {
            stream.close();
        } finally {
            remove();
        }
    }
}
