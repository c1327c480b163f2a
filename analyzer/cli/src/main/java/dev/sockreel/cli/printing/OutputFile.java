package dev.sockreel.cli.printing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Opens the files that commands write. They describe a host, so only their owner may read them (mode 0600). */
public final class OutputFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /**
     * Opens a new file, an empty file or a device.
     *
     * @throws FileAlreadyExistsException if the file exists and is not empty
     */
    static OutputStream create(Path out) throws IOException {
        refuseExisting(out);
        return open(out, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Opens a file and truncates it if it exists. */
    public static OutputStream replace(Path out) throws IOException {
        return open(out, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /**
     * Checks the output before long work starts.
     *
     * @throws FileAlreadyExistsException if the file exists and is not empty
     */
    public static void refuseExisting(Path out) throws IOException {
        if (Files.isRegularFile(out) && Files.size(out) > 0) {
            throw new FileAlreadyExistsException(out.toString());
        }
    }

    private static OutputStream open(Path out, OpenOption... how) throws IOException {
        Set<OpenOption> options = Set.of(how);
        boolean posix = out.getFileSystem().supportedFileAttributeViews().contains("posix");
        return Channels.newOutputStream(posix
                ? FileChannel.open(out, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : FileChannel.open(out, options));
    }

    private OutputFile() {}
}
