package dev.sockreel.recorder;

import dev.sockreel.output.FileClaims;
import dev.sockreel.recorder.kernel.OfdLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file that a recording writes: locked from before it has its name until it is closed, so that nobody else records
 * into it, and followed when it is renamed. A pipe or device has neither lock nor identity.
 */
final class RecordedFile implements FileClaims {
    private Path path;
    private @Nullable OfdLock lock;
    private boolean moved;

    /** @param path as the user gave it, or the name of a part */
    RecordedFile(Path path) {
        this.path = path;
    }

    @Override
    public Claim created(Path temporary) throws IOException {
        OfdLock own = OfdLock.of(temporary);
        lock = own;
        return own::close;
    }

    /** Takes note that the file has its name now. */
    void named() throws IOException {
        OfdLock own = lock;
        if (own != null) {
            own.named(path);
        }
    }

    @Override
    public Claim replaced(Path existing) throws IOException {
        OfdLock theirs = OfdLock.of(existing);
        return theirs::close;
    }

    /** Returns where the file is now, as far as known. */
    Path path() {
        return path;
    }

    /** Returns whether somebody renamed the file while it was written. */
    boolean isMoved() {
        return moved;
    }

    /** Returns whether it is a file whose file system knows no locks. */
    boolean isUnlocked() {
        OfdLock own = lock;
        return own != null && !own.isHeld();
    }

    /** Returns whether the path leads to this file; always true for a pipe or device. */
    boolean isThere() throws IOException {
        OfdLock own = lock;
        return own == null || own.key().equals(key(path));
    }

    /** Returns whether this is a regular file. */
    boolean isRegular() {
        return lock != null;
    }

    /**
     * Follows the file to the name it has now.
     *
     * @throws IOException when it has none any more: what is written to it would be lost
     */
    void follow() throws IOException {
        OfdLock own = lock;
        Path now = own == null ? null : own.path();
        if (now == null) {
            throw gone(path);
        }
        path = now;
        moved = true;
    }

    static IOException gone(Path path) {
        return new IOException(path + " was deleted or replaced during the recording");
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.fileKey() : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
