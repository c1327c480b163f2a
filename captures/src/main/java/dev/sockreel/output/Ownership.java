package dev.sockreel.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Whose links and pipes are used. In a folder that everybody may write to (/tmp) anybody can place a link or a pipe at a
 * name that root will write to. Linux refuses these where fs.protected_symlinks and fs.protected_fifos are set; here
 * they are always refused.
 */
final class Ownership {
    private static final int S_IFMT = 0170000;
    private static final int S_IFSOCK = 0140000;
    private static final int S_ISVTX = 01000;

    /**
     * Returns why a link is not followed; null when it may be.
     *
     * @param last whether it stands at the output's own name: then it must be this user's or root's wherever it is,
     *             since its owner decides which file is replaced
     */
    static @Nullable String whyNotFollow(Path link, boolean last) throws IOException {
        if (!hasOwners(link) || isTrusted(link) || !last && isOwnersFolder(link)) {
            return null;
        }
        String what = last ? "is" : link + " is";
        return what + " a link of the user " + owner(link) + ", which is not followed; name the place itself";
    }

    /** Returns why a pipe or device is not opened; null when it may be. */
    static @Nullable String whyNotWriteThrough(Path other) throws IOException {
        if (!hasOwners(other) || isTrusted(other) || isOwnersFolder(other)) {
            return null;
        }
        return "is a pipe of the user " + owner(other) + " in a folder that everybody may write to";
    }

    /** Returns why another file cannot take the place of this one, in a folder with the sticky bit; null when it can. */
    static @Nullable String whyNotReplace(Path file) throws IOException {
        Path folder = Target.folder(file);
        if ((mode(folder) & S_ISVTX) == 0 || isThisUser(owner(file), file) || isThisUser(owner(folder), file)
                || isThisUser(owner(file.getRoot()), file)) {
            return null;
        }
        return "is a file of the user " + owner(file) + ", which cannot be replaced in " + folder;
    }

    static boolean isSocket(Path path) throws IOException {
        return (mode(path) & S_IFMT) == S_IFSOCK;
    }

    /** Returns st_mode; 0 where the file system has none. */
    private static int mode(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (int) Files.getAttribute(path, "unix:mode")
                : 0;
    }

    private static boolean hasOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whether it belongs to this user or to whom the system belongs: root, or nobody where root is not mapped. */
    private static boolean isTrusted(Path path) throws IOException {
        UserPrincipal owner = owner(path);
        return owner.equals(owner(path.getRoot())) || isThisUser(owner, path);
    }

    private static boolean isThisUser(UserPrincipal owner, Path path) throws IOException {
        Path self = path.getFileSystem().getPath("/proc/self"); // root's when java has capabilities of its own
        return owner.getName().equals(System.getProperty("user.name"))
                || Files.exists(self) && owner.equals(Files.getOwner(self));
    }

    /** Whether it stands in a folder of its owner, or in one that not everybody may write to. */
    private static boolean isOwnersFolder(Path path) throws IOException {
        Path folder = Target.folder(path);
        return owner(path).equals(owner(folder))
                || !Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static UserPrincipal owner(Path path) throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    }

    private Ownership() {}
}
