package dev.sockreel.diff;

import dev.sockreel.field.Field;
import dev.sockreel.field.SocketFields;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.ValueTree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a socket that are compared, as maps, lists and values. */
final class FieldTree {
    static Map<String, @Nullable Object> of(SocketRow row) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        ValueTree tree = new ValueTree(root);
        for (Field<SocketRow> field : SocketFields.ALL) {
            if (field.isCompared()) {
                field.write(row, tree);
            }
        }
        return root;
    }

    private FieldTree() {}
}
