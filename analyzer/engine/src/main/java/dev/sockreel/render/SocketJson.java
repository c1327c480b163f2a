package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.field.Field;
import dev.sockreel.field.SocketFields;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;

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

    /** Writes the same without the braces, so that the object may have more fields. */
    public void writeFields(SocketRow row) throws IOException {
        for (Field<SocketRow> field : SocketFields.ALL) {
            field.write(row, values);
        }
    }

    /** Writes the socket of one of thousands of findings: its owners carry the date themselves. */
    void writeLean(SocketRow row) throws IOException {
        json.writeStartObject();
        for (Field<SocketRow> field : SocketFields.ALL) {
            if (!field.name().equals(SocketFields.OWNERS_AS_OF)) {
                field.write(row, values);
            }
        }
        json.writeEndObject();
    }
}
