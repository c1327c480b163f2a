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

/** Files that a command writes for others to read: what they hold of a host is its owner's alone. */
public final class OutputFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /**
     * A device or an empty file may be written to.
     *
     * @throws FileAlreadyExistsException when it would be overwritten
     */
    static OutputStream create(Path out) throws IOException {
        refuseExisting(out);
        return open(out, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Writes over what is there. */
    public static OutputStream replace(Path out) throws IOException {
        return open(out, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** To be asked before long work is done for nothing. */
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
