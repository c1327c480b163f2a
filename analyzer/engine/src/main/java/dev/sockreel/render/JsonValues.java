package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Values as JSON. */
@SuppressWarnings({"ReferenceEquality", "StringEquality"}) // names are compared as objects on purpose
final class JsonValues implements ValueSink<IOException> {
    /** Names that are met again for each socket, ready to be written: by hash, each in one place. */
    private static final int NAMES = 1024;

    private final @Nullable String[] names = new @Nullable String[NAMES];
    private final @Nullable SerializedString[] written = new @Nullable SerializedString[NAMES];
    private final JsonGenerator json;

    JsonValues(JsonGenerator json) {
        this.json = json;
    }

    @Override
    public void beginObject() throws IOException {
        json.writeStartObject();
    }

    @Override
    public void endObject() throws IOException {
        json.writeEndObject();
    }

    @Override
    public void beginArray() throws IOException {
        json.writeStartArray();
    }

    @Override
    public void endArray() throws IOException {
        json.writeEndArray();
    }

    @Override
    public void name(String name) throws IOException {
        int place = name.hashCode() & (NAMES - 1);
        SerializedString ready = written[place];
        // names are constants: another object is another name, or one that is not worth keeping
        if (ready == null || names[place] != name) {
            ready = new SerializedString(name);
            names[place] = name;
            written[place] = ready;
        }
        json.writeFieldName(ready);
    }

    @Override
    public void number(long value) throws IOException {
        json.writeNumber(value);
    }

    @Override
    public void unsigned(long value) throws IOException {
        if (value >= 0) {
            json.writeNumber(value);
        } else {
            json.writeNumber(Long.toUnsignedString(value));
        }
    }

    @Override
    public void text(String value) throws IOException {
        json.writeString(value);
    }

    @Override
    public void truth(boolean value) throws IOException {
        json.writeBoolean(value);
    }

    @Override
    public void nothing() throws IOException {
        json.writeNull();
    }

    @Override
    public void hex(byte[] bytes) throws IOException {
        json.writeString(HexFormat.of().formatHex(bytes));
    }
}
