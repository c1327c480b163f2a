package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.diff.FieldChange;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Differences of two snapshots, each as one JSON object. */
public final class DiffJson {
    private final JsonGenerator json;
    private final SocketJson sockets;

    public DiffJson(JsonGenerator json) {
        this.json = json;
        this.sockets = new SocketJson(json);
    }

    /** Writes {@code "socket": {…}}, a field of an object that is open. */
    public void socket(SocketRow row) throws IOException {
        json.writeFieldName("socket");
        sockets.write(row);
    }

    /** Writes {@code "in", "family", "verdict", "why"}: the snapshot that does not show the socket, and the reason. */
    public void notObserved(boolean inFrom, NotObservedReason why) throws IOException {
        json.writeStringField("in", inFrom ? "from" : "to");
        NotObservedJson.write(why, json);
    }

    /** Writes {@code "changes": [{"field", "from", "to"}]}. */
    public void changes(List<FieldChange> changes) throws IOException {
        json.writeArrayFieldStart("changes");
        for (FieldChange change : changes) {
            json.writeStartObject();
            json.writeStringField("field", change.field());
            json.writeFieldName("from");
            value(change.from());
            json.writeFieldName("to");
            value(change.to());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Returns the value of a change as one cell of CSV: objects and arrays as JSON, null for null. */
    public static @Nullable Object cell(@Nullable Object value) throws IOException {
        if (!(value instanceof List || value instanceof Map)) {
            return value;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonOutput.to(text)) {
            new DiffJson(json).value(value);
        }
        return text.toString();
    }

    private void value(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Long n -> json.writeNumber(n);
            case BigInteger n -> json.writeNumber(n);
            case Boolean b -> json.writeBoolean(b);
            case List<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    value(element);
                }
                json.writeEndArray();
            }
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> field : map.entrySet()) {
                    json.writeFieldName(String.valueOf(field.getKey()));
                    value(field.getValue());
                }
                json.writeEndObject();
            }
            default -> json.writeString(value.toString());
        }
    }
}
