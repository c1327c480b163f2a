package dev.sockreel.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A hidden file beside the one that it is to become, {@code .NAME.RANDOM.tmp}. It is created exclusively, so never
 * through a link and never from a file that is there already, with mode 0600 from the start.
 *
 * @param key identity of the file (device and inode); null where the file system has none
 */
record TemporaryFile(Path path, FileChannel channel, @Nullable Object key) {
    private static final int MAX_ATTEMPTS = 10;
    private static final int RANDOM_BYTES = 8;

    /** Most bytes of the name that the temporary name repeats: the whole of it must fit into NAME_MAX. */
    private static final int MAX_NAME_BYTES = 100;

    private static final Set<OpenOption> EXCLUSIVE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Creates an empty file beside {@code file}, whose path has no links. */
    static TemporaryFile beside(Path file) throws IOException {
        return beside(file, TemporaryFile::random);
    }

    /** @param random gives the part of the name that nobody can know in advance */
    static TemporaryFile beside(Path file, Supplier<String> random) throws IOException {
        String name = shortened(String.valueOf(file.getFileName()));
        for (int attempt = 1;; attempt++) {
            Path path = file.resolveSibling("." + name + "." + random.get() + ".tmp");
            try {
                return opened(path, open(path));
            } catch (FileAlreadyExistsException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(path, EXCLUSIVE, OWNER_ONLY)
                : FileChannel.open(path, EXCLUSIVE);
    }

    private static TemporaryFile opened(Path path, FileChannel channel) throws IOException {
        try {
            return new TemporaryFile(path, channel, key(path));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns the beginning of a name, cut between characters. */
    private static String shortened(String name) {
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    /** Whether the file is still what its name leads to. */
    private boolean isThere() throws IOException {
        try {
            Object now = key(path);
            return now == null || now.equals(key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Gives the file its name, unless something has that name.
     *
     * @throws FileAlreadyExistsException when something has it; nothing is changed then
     */
    void rename(Path file) throws IOException {
        requireThere();
        try {
            Files.createLink(file, path); // unlike rename(2), link(2) replaces nothing
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            Files.move(path, file); // this file system has no hard links; move looks before it renames
            return;
        }
        Files.delete(path);
    }

    /** Gives the file the name of another one, which is gone then. */
    void replace(Path file) throws IOException {
        requireThere();
        Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void requireThere() throws IOException {
        if (!isThere()) {
            throw new IOException(path + " was deleted or replaced while it was written");
        }
    }

    /** Deletes the file, and nothing else that has its name meanwhile. */
    void delete() throws IOException {
        if (isThere()) {
            Files.deleteIfExists(path);
        }
    }
}
