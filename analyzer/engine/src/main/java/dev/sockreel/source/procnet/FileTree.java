package dev.sockreel.source.procnet;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The regular files below a root, which is a folder or a tar archive. Can be walked more than once. */
interface FileTree {
    /** Receives the files one by one. */
    interface Visitor {
        /**
         * Visits a file.
         *
         * @param path    names separated by {@code /}, none of them {@code .} or {@code ..}
         * @param content may be opened once; whoever opens it closes it
         */
        void file(String path, Content content) throws IOException;
    }

    /** The bytes of a file. */
    interface Content {
        InputStream open() throws IOException;
    }

    /** Visits all files. Links, devices, pipes and names that lead out of the tree are passed over. */
    void walk(Visitor visitor) throws IOException;

    /** Returns the number of folders that the last walk could not read. */
    default int unreadableFolders() {
        return 0;
    }

    /** Returns {@code a/b} for {@code ./a//b}; null for a name that is empty or leads out of the tree. */
    static @Nullable String clean(String name) {
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
