package dev.sockreel.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;

/** A folder and all below it; links are not followed. */
final class FolderTree implements FileTree {
    private static final int MAX_DEPTH = 64;
    /** An unpacked sosreport has some ten thousand. */
    private static final int MAX_FILES = 2_000_000;

    private final Path root;

    /** @param root may itself be a link, as /proc/net is */
    FolderTree(Path root) {
        this.root = root;
    }

    @Override
    public void walk(Visitor visitor) throws IOException {
        Path real = root.toRealPath();
        Files.walkFileTree(real, EnumSet.noneOf(java.nio.file.FileVisitOption.class), MAX_DEPTH, new SimpleFileVisitor<>() {
            private int files;

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (++files > MAX_FILES) {
                    throw new SourceException(root + " holds more than " + MAX_FILES
                            + " files: name the folder with the tables of /proc/net in it");
                }
                if (attributes.isRegularFile()) {
                    visitor.file(path(real, file), () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
                }
                return FileVisitResult.CONTINUE;
            }

            /** What cannot be looked into is passed over: that there is no table at all is told. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(real)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String path(Path root, Path file) {
        return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    }
}
