package dev.sockreel.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Which file a name leads to. Inode numbers are used again after a deletion, so the file's begin counts too (its last
 * change where the file system does not record it).
 *
 * @param key     device and inode
 * @param created statx(2)'s stx_btime
 */
record FileIdentity(Object key, FileTime created) {
    /** Returns the identity of a regular file; null when the name leads to none. */
    static @Nullable FileIdentity of(Path file, LinkOption... links) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, links);
            Object key = attributes.fileKey();
            return attributes.isRegularFile() && key != null
                    ? new FileIdentity(key, attributes.creationTime())
                    : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
