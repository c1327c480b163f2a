package dev.sockreel.diff;

import dev.sockreel.snapshot.SocketFields;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.ValueTree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a socket as maps, lists and values, to compare them. */
final class FieldTree {
    static Map<String, @Nullable Object> of(SocketRow row) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        SocketFields.write(row, new ValueTree(root));
        return root;
    }

    private FieldTree() {}
}
