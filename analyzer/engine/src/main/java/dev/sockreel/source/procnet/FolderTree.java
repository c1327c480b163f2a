package dev.sockreel.source.procnet;

import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A folder and everything below it, sorted by name; links are not followed. */
final class FolderTree implements FileTree {
    private static final int MAX_DEPTH = 64;
    /** Limit for files and folders. An unpacked bundle has some ten thousand. */
    private static final int MAX_FILES = 1_000_000;

    private final Path root;
    private int unreadable;

    /** @param root may itself be a link, as /proc/net is */
    FolderTree(Path root) {
        this.root = root;
    }

    @Override
    public void walk(Visitor visitor) throws IOException {
        unreadable = 0;
        Walk walk = new Walk(visitor);
        walk.folder(walk.children(root.toRealPath()), "", 0);
    }

    @Override
    public int unreadableFolders() {
        return unreadable;
    }

    private final class Walk {
        private final Visitor visitor;
        private int files;

        Walk(Visitor visitor) {
            this.visitor = visitor;
        }

        void folder(List<Path> children, String prefix, int depth) throws IOException {
            for (Path child : children) {
                if (visitor.isDone()) {
                    return;
                }
                String path = prefix + child.getFileName();
                if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                    visitor.file(path, () -> Files.newInputStream(child, LinkOption.NOFOLLOW_LINKS));
                } else if (depth < MAX_DEPTH && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    folder(readable(child), path + "/", depth + 1);
                }
            }
        }

        private List<Path> children(Path folder) throws IOException {
            List<Path> children = new ArrayList<>();
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
                for (Path child : inside) {
                    if (++files > MAX_FILES) {
                        throw new SourceException("%s has more than %,d files: name the folder with the tables of"
                                .formatted(root, MAX_FILES) + " /proc/net in it");
                    }
                    children.add(child);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            Collections.sort(children);
            return children;
        }

        private List<Path> readable(Path folder) throws SourceException {
            try {
                return children(folder);
            } catch (SourceException e) {
                throw e;
            } catch (IOException e) {
                unreadable++;
                return List.of();
            }
        }
    }
}
