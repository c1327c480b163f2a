package dev.sockreel.diff;

import dev.sockreel.field.Field;
import dev.sockreel.field.FieldValue;
import dev.sockreel.field.OwnerFields;
import dev.sockreel.field.SocketFields;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.ValueTree;
import java.util.LinkedHashMap;
import java.util.List;
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
            if (field.value() instanceof FieldValue.Owners<SocketRow>
                    && root.get(field.name()) instanceof List<?> all) {
                all.forEach(FieldTree::keepCompared);
            }
        }
        return root;
    }

    private static void keepCompared(@Nullable Object owner) {
        if (owner instanceof Map<?, ?> fields) {
            fields.keySet().removeAll(OwnerFields.NOT_COMPARED);
        }
    }

    private FieldTree() {}
}
