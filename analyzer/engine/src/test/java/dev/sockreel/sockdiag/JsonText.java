package dev.sockreel.sockdiag;

import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.HexFormat;

/** Attributes as compact JSON text, so that a test can compare all at once. */
final class JsonText implements ValueSink<RuntimeException> {
    private final StringBuilder out = new StringBuilder();
    private boolean first = true;

    static String of(Socket socket) {
        JsonText text = new JsonText();
        socket.attributes(text);
        return text.out.toString();
    }

    private void value(String text) {
        if (!first) {
            out.append(',');
        }
        out.append(text);
        first = false;
    }

    @Override
    public void beginObject() {
        value("{");
        first = true;
    }

    @Override
    public void endObject() {
        out.append('}');
        first = false;
    }

    @Override
    public void beginArray() {
        value("[");
        first = true;
    }

    @Override
    public void endArray() {
        out.append(']');
        first = false;
    }

    @Override
    public void name(String name) {
        value('"' + name + "\":");
        first = true;
    }

    @Override
    public void number(long value) {
        value(Long.toString(value));
    }

    @Override
    public void unsigned(long value) {
        value(Long.toUnsignedString(value));
    }

    @Override
    public void text(String value) {
        value('"' + value + '"');
    }

    @Override
    public void truth(boolean value) {
        value(Boolean.toString(value));
    }

    @Override
    public void nothing() {
        value("null");
    }

    @Override
    public void hex(byte[] bytes) {
        value("\"#" + HexFormat.of().formatHex(bytes) + '"');
    }
}
