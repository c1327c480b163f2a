package dev.sockreel.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written and has no name yet, or a stream. Without {@link #publish()} nothing of it stays. May be
 * closed by another thread than the one that writes.
 */
public final class OutputFile implements AutoCloseable {
    private final Output output;
    private final FileChannel channel;
    private final @Nullable TemporaryFile temporary;
    private final boolean shared;
    private FileClaims.Claim claim = () -> {};
    private boolean published;

    OutputFile(Output output, TemporaryFile temporary) {
        this(output, temporary.channel(), temporary, false);
    }

    /** Claims the file, which nobody can know yet. */
    OutputFile claimed() throws IOException {
        if (temporary != null) {
            try {
                claim = output.claims().created(temporary.path());
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
        }
        return this;
    }

    /** @param shared whether the channel is not this file's own to close */
    OutputFile(Output output, FileChannel channel, @Nullable TemporaryFile temporary, boolean shared) {
        this.output = output;
        this.channel = channel;
        this.temporary = temporary;
        this.shared = shared;
    }

    /** Writes to the file, before and after it has its name. */
    public FileChannel channel() {
        return channel;
    }

    /** Whether it is a pipe, a device or an open descriptor. */
    public boolean isStream() {
        return temporary == null;
    }

    /** Returns a system's error, which names no file, with the path as it was given. */
    public IOException named(IOException e) {
        boolean readerGone = isStream() && String.valueOf(e.getMessage()).contains("Broken pipe");
        return readerGone ? new ReaderGoneException(output.path(), e)
                : new IOException(output.path() + ": " + e.getMessage(), e);
    }

    /** Forces what was written to the disk (fdatasync); does nothing for a stream. */
    public void sync() throws IOException {
        if (!isStream()) {
            try {
                channel.force(false);
            } catch (IOException e) {
                throw named(e);
            }
        }
    }

    /**
     * Gives the file its name, with what was written until now safe on the disk; does nothing for a stream.
     *
     * @throws java.nio.file.FileAlreadyExistsException when a file with content has taken the name since the check
     */
    public synchronized void publish() throws IOException {
        if (temporary != null && !published) {
            sync();
            output.name(temporary);
            published = true;
            syncFolder(Target.folder(output.file()));
        }
    }

    synchronized boolean isPublished() {
        return published;
    }

    private static void syncFolder(Path folder) {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException e) {
            return; // a folder that cannot be opened or forced: only a crash of the machine could now lose the name
        }
    }

    /** Closes the file, and removes one that was not published. */
    @Override
    public synchronized void close() throws IOException {
        try (FileClaims.Claim ended = claim) {
            if (!shared) {
                channel.close();
            }
        } catch (IOException e) {
            throw named(e);
        } finally {
            remove();
        }
    }

    /** Removes the file if it was not published. */
    synchronized void remove() throws IOException {
        if (temporary != null && !published) {
            temporary.delete();
        }
    }
}
