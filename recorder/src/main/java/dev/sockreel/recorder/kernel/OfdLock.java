package dev.sockreel.recorder.kernel;

import dev.sockreel.nlmsg.Errno;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a file (F_OFD_SETLK), which ends with this object or with the process, however that ends. It has
 * a descriptor of its own: Java's FileLock is a lock of the process, which the close of any other descriptor of the
 * file drops.
 */
public final class OfdLock implements AutoCloseable {
    /** Attempts, when the name leads to another file meanwhile. */
    private static final int MAX_ATTEMPTS = 10;

    private final int fd;
    private final Object key;
    private final boolean held;
    /** Opened by the file's name, so that /proc shows the name it has now; -1 before {@link #named}. */
    private int namedFd = -1;
    private boolean closed;

    private OfdLock(int fd, Object key, boolean held) {
        this.fd = fd;
        this.key = key;
        this.held = held;
    }

    /** Thrown when somebody else has locked the file. */
    public static final class HeldException extends FileSystemException {
        private static final long serialVersionUID = 1L;

        HeldException(Path file) {
            super(file.toString(), null, "is being recorded by another process; stop that or choose another name");
        }
    }

    /**
     * Locks a regular file, whose path ends in no link, without waiting.
     *
     * @throws HeldException       when somebody else has locked it
     * @throws NoSuchFileException when there is no such file
     * @throws IOException         when it cannot be opened to be written
     */
    public static OfdLock of(Path file) throws IOException {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            OfdLock lock = once(file);
            if (lock != null) {
                return lock;
            }
        }
        throw new FileSystemException(file.toString(), null, "is replaced all the time");
    }

    /** Returns null when the name led to another file before the lock was taken. */
    private static @Nullable OfdLock once(Path file) throws IOException {
        Object key = key(file, LinkOption.NOFOLLOW_LINKS);
        if (key == null) {
            throw new FileSystemException(file.toString(), null, "is no regular file");
        }
        int fd = Syscalls.open(file.toString(), Syscalls.O_RDWR | Syscalls.O_NOFOLLOW);
        if (fd < 0) {
            throw fd == -Errno.ENOENT ? new NoSuchFileException(file.toString())
                    : new FileSystemException(file.toString(), null, "cannot be opened to be locked: "
                            + Errno.describe(-fd));
        }
        try {
            int error = Syscalls.ofdSetlk(fd);
            if (error == -Errno.EAGAIN || error == -Errno.EACCES) {
                throw new HeldException(file);
            }
            boolean isIt = isOpen(fd, key) && key.equals(key(file, LinkOption.NOFOLLOW_LINKS));
            OfdLock lock = isIt ? new OfdLock(fd, key, error == 0) : null;
            fd = lock == null ? fd : -1;
            return lock;
        } finally {
            if (fd >= 0) {
                Syscalls.close(fd);
            }
        }
    }

    /** Returns whether a descriptor is one of this file; what is not known without /proc counts as true. */
    private static boolean isOpen(int fd, Object key) throws IOException {
        try {
            return key.equals(key(Path.of("/proc/self/fd/" + fd)));
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Returns device and inode of a regular file, null for anything else. */
    private static @Nullable Object key(Path file, LinkOption... links) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, links);
        return attributes.isRegularFile() ? attributes.fileKey() : null;
    }

    /** Returns device and inode of the file. */
    public Object key() {
        return key;
    }

    /** Returns false where the file system knows no such locks. */
    public boolean isHeld() {
        return held;
    }

    /**
     * Learns the name of a file that was locked under another one. The kernel follows a descriptor to the names that
     * the file is given by rename(2), not by link(2).
     */
    public void named(Path name) throws IOException {
        int opened = Syscalls.open(name.toString());
        if (opened >= 0 && isOpen(opened, key)) {
            namedFd = opened;
        } else if (opened >= 0) {
            Syscalls.close(opened);
        }
    }

    /** Returns a name that leads to the file now, also after it was renamed; null when it has none. */
    public @Nullable Path path() throws IOException {
        try {
            Path now = Files.readSymbolicLink(Path.of("/proc/self/fd/" + (namedFd < 0 ? fd : namedFd)));
            return key.equals(key(now, LinkOption.NOFOLLOW_LINKS)) ? now : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Syscalls.close(fd);
            if (namedFd >= 0) {
                Syscalls.close(namedFd);
            }
        }
    }
}
