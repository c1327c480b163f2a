package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HexFormat;

/** Values as JSON. */
final class JsonValues implements ValueSink {
    private final JsonGenerator json;

    JsonValues(JsonGenerator json) {
        this.json = json;
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beginObject() {
        write(json::writeStartObject);
    }

    @Override
    public void endObject() {
        write(json::writeEndObject);
    }

    @Override
    public void beginArray() {
        write(json::writeStartArray);
    }

    @Override
    public void endArray() {
        write(json::writeEndArray);
    }

    @Override
    public void name(String name) {
        write(() -> json.writeFieldName(name));
    }

    @Override
    public void number(long value) {
        write(() -> json.writeNumber(value));
    }

    @Override
    public void unsigned(long value) {
        write(() -> {
            if (value >= 0) {
                json.writeNumber(value);
            } else {
                json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
            }
        });
    }

    @Override
    public void text(String value) {
        write(() -> json.writeString(value));
    }

    @Override
    public void truth(boolean value) {
        write(() -> json.writeBoolean(value));
    }

    @Override
    public void nothing() {
        write(json::writeNull);
    }

    @Override
    public void hex(byte[] bytes) {
        write(() -> json.writeString(HexFormat.of().formatHex(bytes)));
    }
}
