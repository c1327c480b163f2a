package dev.sockreel.output;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder like /tmp: everybody may write to it, and somebody else has placed things there. */
final class OutputFolder {
    private static final String SOMEBODY = "nobody";

    private final Path folder;

    OutputFolder(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        run("chmod", "1777", folder.toString());
    }

    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, () -> String.join(" ", command) + ": " + said);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path fifo(String name) throws IOException, InterruptedException {
        run("mkfifo", path(name).toString());
        return path(name);
    }

    Path socket(String name) throws IOException {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path(name)));
        }
        return path(name);
    }

    Path link(String name, String to) throws IOException {
        return Files.createSymbolicLink(path(name), Path.of(to));
    }

    /** Makes something belong to somebody else, which root alone can do. */
    Path somebodys(Path path) throws IOException {
        UserPrincipal nobody =
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SOMEBODY);
        try {
            Files.getFileAttributeView(path, FileOwnerAttributeView.class,
                    LinkOption.NOFOLLOW_LINKS).setOwner(nobody);
        } catch (FileSystemException e) {
            assumeTrue(false, "needs root to give a file away: " + e.getMessage());
        }
        return path;
    }

    /** Returns name, kind, mode and content of all that is in the folder, so that two states can be compared. */
    Set<String> state() throws IOException {
        Set<String> all = new TreeSet<>();
        try (Stream<Path> names = Files.list(folder)) {
            for (Path path : names.toList()) {
                BasicFileAttributes is =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                String what = is.isSymbolicLink() ? "-> " + Files.readSymbolicLink(path)
                        : is.isRegularFile() ? Files.readString(path)
                        : is.isDirectory() ? "folder"
                        : "other";
                String mode = PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
                all.add(path.getFileName() + " " + mode + " " + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS) + " "
                        + is.fileKey() + " " + what);
            }
        }
        return all;
    }

    Set<String> names() throws IOException {
        Set<String> all = new TreeSet<>();
        try (Stream<Path> names = Files.list(folder)) {
            names.forEach(p -> all.add(p.getFileName().toString()));
        }
        return all;
    }
}
