package dev.sockreel.recorder.host;

import dev.sockreel.nlmsg.Errno;
import dev.sockreel.recorder.kernel.Syscalls;
import dev.sockreel.recorder.options.RecordingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace to record.
 *
 * @param name name in the capture: under /run/netns, or a path; empty for the recorder's own
 * @param path file to open for setns; null for the recorder's own
 */
public record NamespaceTarget(String name, @Nullable Path path) {
    static final NamespaceTarget OWN = new NamespaceTarget("", null);

    private static final int CAP_SYS_ADMIN = 21;
    private static final Path RUN_NETNS = Path.of("/run/netns");

    /**
     * Resolves the values of --netns.
     *
     * @param words NAME, PATH or {@code all}; empty for the recorder's own namespace only
     * @throws RecordingException when a named namespace does not exist
     */
    public static List<NamespaceTarget> resolve(List<String> words) throws RecordingException {
        List<NamespaceTarget> out = new ArrayList<>();
        for (String word : words) {
            if (word.equals("all")) {
                return visible();
            }
            Path path = word.contains("/") ? Path.of(word) : RUN_NETNS.resolve(word);
            if (!Files.exists(path)) {
                throw new RecordingException("there is no network namespace " + word
                        + (word.contains("/") ? "" : " under " + RUN_NETNS));
            }
            out.add(new NamespaceTarget(word, path));
        }
        return out.isEmpty() ? List.of(OWN) : out;
    }

    /** Returns the recorder's own, those under /run/netns, and those that only a process is in; each once. */
    public static List<NamespaceTarget> visible() {
        Set<Long> seen = new HashSet<>();
        List<NamespaceTarget> out = new ArrayList<>();
        out.add(OWN);
        seen.add(inode(Path.of("/proc/self/ns/net")));
        for (Path path : list(RUN_NETNS, "*")) {
            if (seen.add(inode(path))) {
                out.add(new NamespaceTarget(String.valueOf(path.getFileName()), path));
            }
        }
        for (Path process : list(Path.of("/proc"), "[0-9]*")) {
            Path path = process.resolve("ns/net");
            long inode = inode(path);
            if (inode != 0 && seen.add(inode)) {
                out.add(new NamespaceTarget(path.toString(), path));
            }
        }
        return out;
    }

    /**
     * Returns the namespaces under /run/netns in the order of their names, with the inode of each. A file that was left
     * over without its mount is none.
     */
    public static Map<String, Long> named() {
        Map<String, Long> out = new LinkedHashMap<>();
        Object nsfs = attribute(Path.of("/proc/self/ns/net"), "unix:dev");
        for (Path path : list(RUN_NETNS, "*")) {
            if (nsfs != null && nsfs.equals(attribute(path, "unix:dev"))) {
                out.put(String.valueOf(path.getFileName()), inode(path));
            }
        }
        return out;
    }

    /** Returns whether this process may enter other namespaces: CAP_SYS_ADMIN. */
    public static boolean mayEnterOthers() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(l -> l.startsWith("CapEff:"))
                    .anyMatch(l -> (Long.parseUnsignedLong(l.substring(7).trim(), 16) >>> CAP_SYS_ADMIN & 1) == 1);
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    private static @Nullable Object attribute(Path path, String name) {
        try {
            return Files.getAttribute(path, name);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns a path by which a namespace can be entered; null when nothing but this process keeps it alive. */
    public static @Nullable Path find(long inode) {
        return visible().stream()
                .map(NamespaceTarget::path)
                .filter(path -> path != null && inode(path) == inode)
                .findFirst()
                .orElse(null);
    }

    private static List<Path> list(Path folder, String glob) {
        List<Path> out = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, glob)) {
            paths.forEach(out::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // A host without named namespaces has no such folder.
            return out;
        }
        out.sort(null);
        return out;
    }

    /** Returns the inode of a namespace file; 0 when it cannot be read. */
    public static long inode(Path path) {
        return attribute(path, "unix:ino") instanceof Long inode ? inode : 0;
    }

    /** Returns the namespace as a noun phrase, for sentences. */
    public String description() {
        return name.isEmpty() ? "the recorder's own network namespace" : "network namespace " + name;
    }

    /** Moves the calling thread into it. A platform thread that starts no others. */
    public void enter() throws RecordingException {
        if (path == null) {
            return;
        }
        int fd = Syscalls.open(path.toString());
        if (fd < 0) {
            throw new RecordingException("cannot open " + description() + ": " + Errno.describe(-fd));
        }
        try {
            int moved = Syscalls.setns(fd, Syscalls.CLONE_NEWNET);
            if (moved == -Errno.EPERM) {
                throw new RecordingException("entering " + description() + " needs CAP_SYS_ADMIN (setns: EPERM)");
            }
            if (moved < 0) {
                throw new RecordingException("cannot enter " + path + " as a network namespace (setns: "
                        + Errno.describe(-moved) + ")");
            }
        } finally {
            Syscalls.close(fd);
        }
    }
}
