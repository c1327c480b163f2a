package dev.sockreel.source.procnet;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The regular files below a root, which is a folder or a tar archive. Can be walked more than once. */
interface FileTree {
    /** uapi/linux/limits.h, PATH_MAX. */
    int MAX_PATH_BYTES = 4096;

    /** Receives the files one by one. */
    interface Visitor {
        /**
         * Visits a file.
         *
         * @param path    names separated by {@code /}, none of them {@code .} or {@code ..}
         * @param content may be opened once; whoever opens it closes it
         */
        void file(String path, Content content) throws IOException;

        /** Returns whether no further file is needed. */
        default boolean isDone() {
            return false;
        }
    }

    /** The bytes of a file. */
    interface Content {
        InputStream open() throws IOException;
    }

    /**
     * Visits all files until the visitor is done. Links, devices, pipes, and names that lead out of the tree or are
     * longer than a path can be are passed over.
     */
    void walk(Visitor visitor) throws IOException;

    /** Returns the number of folders that the last walk could not read. */
    default int unreadableFolders() {
        return 0;
    }

    /** Returns a sentence for each damage that the last walk to the end found. */
    default List<String> damages() {
        return List.of();
    }

    /**
     * Returns {@code a/b} for {@code ./a//b}; null for a name that is empty, leads out of the tree or is longer than
     * any path.
     */
    static @Nullable String clean(String name) {
        if (name.length() > MAX_PATH_BYTES) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..") || part.indexOf('\0') >= 0) {
                return null;
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? null : String.join("/", parts);
    }
}
