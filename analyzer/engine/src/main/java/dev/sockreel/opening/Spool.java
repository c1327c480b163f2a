package dev.sockreel.opening;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * A temporary file that only this user may read (0600). It loses its name as soon as it is open, where the system allows
 * that, so nothing is left of it however the process ends.
 */
final class Spool {
    private static final Set<OpenOption> PRIVATE = Set.of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path input;
    private final Path folder;
    private final FileChannel channel;

    private Spool(Path input, Path folder, FileChannel channel) {
        this.input = input;
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Creates the file in the folder for temporary files.
     *
     * @param input what is to be stored, for messages
     */
    static Spool create(Path input) throws IOException {
        Path folder = folder();
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        Path file = folder.resolve("sockreel-" + HexFormat.of().formatHex(random));
        try {
            FileChannel channel = file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    ? FileChannel.open(file, PRIVATE, OWNER_ONLY)
                    : FileChannel.open(file, PRIVATE);
            return new Spool(input, folder, channel);
        } catch (IOException e) {
            throw failed(input, folder, reason(folder, e), e);
        }
    }

    /** $TMPDIR, or else Java's. */
    private static Path folder() {
        String named = System.getenv("TMPDIR");
        return Path.of(named == null || named.isEmpty() ? System.getProperty("java.io.tmpdir") : named);
    }

    private static String reason(Path folder, IOException e) {
        if (e instanceof NoSuchFileException || !Files.isDirectory(folder)) {
            return "there is no such folder";
        }
        if (e instanceof FileSystemException f) {
            return f.getReason() == null ? "permission denied" : f.getReason();
        }
        return String.valueOf(e.getMessage());
    }

    private static IOException failed(Path input, Path folder, String why, IOException e) {
        return new IOException(input + " cannot be stored for reading in the temporary folder " + folder + ": " + why
                + "; set TMPDIR to a folder with room", e);
    }

    FileChannel channel() {
        return channel;
    }

    void append(byte[] bytes, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (left.hasRemaining()) {
                channel.write(left);
            }
        } catch (IOException e) {
            throw failed(input, folder, String.valueOf(e.getMessage()), e);
        }
    }
}
