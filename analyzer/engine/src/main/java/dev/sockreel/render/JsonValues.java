package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;

/** Values as JSON. */
final class JsonValues implements ValueSink<IOException> {
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
        json.writeFieldName(name);
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
            json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
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
