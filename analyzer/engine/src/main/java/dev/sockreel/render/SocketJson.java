package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.snapshot.SocketFields;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A socket as one JSON object: the fields that users and scripts rely on. */
public final class SocketJson {
    private final JsonGenerator json;
    private final JsonValues values;

    public SocketJson(JsonGenerator json) {
        this.json = json;
        this.values = new JsonValues(json);
    }

    public void write(SocketRow row) throws IOException {
        json.writeStartObject();
        writeFields(row);
        json.writeEndObject();
    }

    /** The same without the braces, so that the object may have more fields. */
    public void writeFields(SocketRow row) throws IOException {
        json.writeNumberField("snapshot", row.snapshot());
        json.writeFieldName("time");
        json.writeString(Rfc3339.of(row.time().realtimeNs()));
        try {
            SocketFields.write(row, values);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
