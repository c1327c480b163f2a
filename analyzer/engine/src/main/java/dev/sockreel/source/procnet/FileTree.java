package dev.sockreel.source.procnet;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Regular files with their paths below a root: a folder, or a tar archive. Can be gone through more than once. */
interface FileTree {
    /** Takes one file. */
    interface Visitor {
        /**
         * @param path    names with {@code /} between, none of them {@code .} or {@code ..}
         * @param content may be opened once, and is closed by whoever opens it
         */
        void file(String path, Content content) throws IOException;
    }

    /** The bytes of a file. */
    interface Content {
        InputStream open() throws IOException;
    }

    /** Links, devices, pipes and names that lead out of the tree are passed over. */
    void walk(Visitor visitor) throws IOException;

    /** Folders that could not be looked into by the last walk. */
    default int unreadableFolders() {
        return 0;
    }

    /** {@code ./a//b} as {@code a/b}; null for a name that leads nowhere, or out of the tree. */
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
