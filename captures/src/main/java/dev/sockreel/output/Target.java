package dev.sockreel.output;

import java.nio.file.Path;
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

    /** A pipe, a device or an open descriptor, which is written through. */
    record Stream(StreamPath path) implements Target {}
}
