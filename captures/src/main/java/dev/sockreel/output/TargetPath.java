package dev.sockreel.output;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows an output path from the root, name by name, to what it leads to. Each link is looked at before it is followed,
 * since whoever may write to a folder can place one there.
 */
final class TargetPath {
    /** Number of links that Linux follows in one path (MAXSYMLINKS). */
    private static final int MAX_LINKS = 40;

    /** Links of /proc that lead to an object of a process, whatever their text says (proc_pid_link_inode_operations). */
    private static final Pattern OF_PROCESS = Pattern.compile("/proc/\\d+/.+");

    private final Path out;
    private final Deque<Path> names = new ArrayDeque<>();
    private Path at;
    private int links;
    /** The link that stands at the output's own name. */
    private @Nullable Path lastLink;

    private TargetPath(Path out) {
        this.out = out;
        this.at = out;
        enter(out.toAbsolutePath());
    }

    /**
     * Resolves an output path.
     *
     * @throws FileSystemException with a reason for people when nothing can be written there: a folder, a socket, a
     *                             missing folder, a link that leads nowhere or is somebody else's
     */
    static Target resolve(Path out) throws IOException {
        if (out.toString().isEmpty()) {
            throw new FileSystemException("''", null, "the name of the output is empty");
        }
        return out.equals(Output.STDOUT) ? new Target.Stream(StreamPath.STDOUT) : new TargetPath(out).follow();
    }

    private Target follow() throws IOException {
        while (!names.isEmpty()) {
            String name = names.getFirst().toString();
            Path next = switch (name) {
                case "." -> at;
                case ".." -> at.getParent() == null ? at : at.getParent();
                default -> at.resolve(name);
            };
            names.removeFirst();
            BasicFileAttributes is = attributes(next);
            if (is == null) {
                return free(next);
            }
            if (is.isSymbolicLink() && !OF_PROCESS.matcher(next.toString()).matches()) {
                followLink(next);
            } else if (!is.isDirectory() && !is.isSymbolicLink() && !names.isEmpty()) {
                throw refused(next + " is not a folder");
            } else {
                at = next;
            }
        }
        return there();
    }

    /** Puts the names of a path before those that are left. */
    private void enter(Path path) {
        if (path.isAbsolute()) {
            at = path.getRoot();
        }
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            names.addFirst(path.getName(i));
        }
    }

    private void followLink(Path link) throws IOException {
        boolean last = names.isEmpty();
        String refusal = Ownership.whyNotFollow(link, last);
        if (refusal != null) {
            throw refused(refusal);
        }
        if (++links > MAX_LINKS) {
            throw refused("its links lead in a circle");
        }
        if (last) {
            lastLink = link;
        }
        enter(Files.readSymbolicLink(link));
    }

    private Target free(Path missing) throws IOException {
        if (lastLink != null) {
            throw refused((lastLink.equals(out.toAbsolutePath()) ? "is" : "leads to " + lastLink + ",") + " a link to "
                    + missing + ", which does not exist; remove the link or name the file itself");
        }
        if (!names.isEmpty()) {
            Path folder = links == 0 && out.getParent() != null ? out.getParent() : missing;
            throw refused("the folder " + folder + " does not exist");
        }
        return new Target.Free(missing);
    }

    /** Returns what stands at the path, which exists. */
    private Target there() throws IOException {
        if (StreamPath.isDescriptor(at)) {
            return new Target.Stream(new StreamPath(at, true));
        }
        BasicFileAttributes is = Files.readAttributes(at, BasicFileAttributes.class);
        if (is.isDirectory()) {
            throw refused("is a folder");
        }
        if (is.isRegularFile()) {
            return new Target.Existing(at, is.size(), is.fileKey());
        }
        if (Ownership.isSocket(at)) {
            throw refused("is a socket");
        }
        String refusal = Ownership.whyNotWriteThrough(at);
        if (refusal != null) {
            throw refused(refusal);
        }
        return new Target.Stream(new StreamPath(at, false));
    }

    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private FileSystemException refused(String why) {
        return new FileSystemException(out.toString(), null, why);
    }
}
