package dev.sockreel.output;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an output path leads to. */
sealed interface Target {
    /**
     * A name that is free.
     *
     * @param file without links
     */
    record Free(Path file) implements Target {}

    /**
     * A regular file, which a new one replaces.
     *
     * @param file without links
     * @param key  identity of the file (device and inode); null where the file system has none
     */
    record Existing(Path file, long bytes, @Nullable Object key) implements Target {}

    /** Returns the folder of a file; the root is its own. */
    static Path folder(Path file) {
        return Objects.requireNonNullElse(file.getParent(), file);
    }

    /** A pipe, a device or an open descriptor, which is written through. */
    record Stream(StreamPath path) implements Target {}
}
