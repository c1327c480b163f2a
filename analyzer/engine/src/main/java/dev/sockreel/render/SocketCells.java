package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.field.Field;
import dev.sockreel.field.FieldValue;
import dev.sockreel.field.SocketFields;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Unknown;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A socket as cells of a CSV line, one a field; empty for what is not known, with the reasons in the cell {@code
 * unknown}.
 */
public final class SocketCells {
    /** Names of all columns. */
    public static final List<String> COLUMNS = names(SocketFields.COLUMNS);

    public static List<String> names(List<Field<SocketRow>> fields) {
        return fields.stream().map(Field::name).toList();
    }

    /** Returns a cell for each of {@link #COLUMNS}. */
    public static List<@Nullable Object> of(SocketRow row) throws IOException {
        return of(row, SocketFields.COLUMNS);
    }

    /** Returns a cell for each of the fields. */
    public static List<@Nullable Object> of(SocketRow row, List<Field<SocketRow>> fields) throws IOException {
        List<@Nullable Object> cells = new ArrayList<>(fields.size());
        for (Field<SocketRow> field : fields) {
            cells.add(cell(row, field.value()));
        }
        return cells;
    }

    private static @Nullable Object cell(SocketRow row, FieldValue<SocketRow> value) throws IOException {
        return switch (value) {
            case FieldValue.Number<SocketRow> v -> v.get(row);
            case FieldValue.Digits<SocketRow> v -> v.get(row);
            case FieldValue.Text<SocketRow> v -> v.getter().apply(row);
            case FieldValue.OptionalText<SocketRow> v -> v.getter().apply(row);
            case FieldValue.Truth<SocketRow> v -> v.getter().apply(row);
            case FieldValue.Mark<SocketRow> v -> v.isLeftOut(row) ? null : true;
            case FieldValue.Owners<SocketRow> v -> owners(v.getter().apply(row));
            case FieldValue.Reasons<SocketRow> v -> reasons(v.getter().apply(row));
            case FieldValue.Attributes v -> attributes(row);
        };
    }

    /** {@code comm/pid/fd} of each, a space between; null when not recorded. */
    private static @Nullable String owners(@Nullable List<Owner> owners) {
        return owners == null
                ? null
                : owners.stream()
                        .map(o -> o.comm() + "/" + o.pid() + "/" + o.fd())
                        .collect(Collectors.joining(" "));
    }

    /** {@code field=reason} of each, a space between. */
    private static String reasons(Map<String, Unknown> reasons) {
        StringJoiner text = new StringJoiner(" ");
        reasons.forEach((field, why) -> text.add(field + "=" + why.id()));
        return text.toString();
    }

    /** The JSON of them. */
    private static String attributes(SocketRow row) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonOutput.to(text)) {
            row.attributes(new JsonValues(json));
        }
        return text.toString();
    }

    private SocketCells() {}
}
