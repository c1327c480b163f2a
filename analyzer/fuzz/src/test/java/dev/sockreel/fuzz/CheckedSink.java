package dev.sockreel.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Collects attributes as text and checks that they are one well-formed value: names are unique in their object, every
 * value of an object follows a name, everything begun is ended, all text fits on one line.
 */
final class CheckedSink implements ValueSink<RuntimeException> {
    private static final int MAX_LEVELS = 8;

    private static final class Level {
        final boolean isObject;
        final Set<String> names = new HashSet<>();
        boolean named;

        Level(boolean isObject) {
            this.isObject = isObject;
        }
    }

    private final StringBuilder out = new StringBuilder();
    private final Deque<Level> open = new ArrayDeque<>();
    private int roots;

    /** Returns the text, after the last value. */
    String text() {
        assertTrue(open.isEmpty(), () -> "not ended: " + out);
        assertEquals(1, roots, "values at the top");
        return out.toString();
    }

    private void value() {
        Level level = open.peek();
        if (level == null) {
            roots++;
        } else if (level.isObject) {
            assertTrue(level.named, () -> "a value without a name: " + out);
            level.named = false;
        }
        out.append(' ');
    }

    private void begin(boolean object) {
        value();
        open.push(new Level(object));
        assertTrue(open.size() <= MAX_LEVELS, () -> "too deep: " + out);
        out.append(object ? '{' : '[');
    }

    private void end(boolean object) {
        assertFalse(open.isEmpty(), () -> "nothing to end: " + out);
        Level level = open.pop();
        assertTrue(level.isObject == object && !level.named, () -> "ended at the wrong place: " + out);
        out.append(object ? '}' : ']');
    }

    @Override
    public void beginObject() {
        begin(true);
    }

    @Override
    public void endObject() {
        end(true);
    }

    @Override
    public void beginArray() {
        begin(false);
    }

    @Override
    public void endArray() {
        end(false);
    }

    @Override
    public void name(String name) {
        Level level = open.peek();
        assertTrue(level != null && level.isObject && !level.named, () -> "a name at the wrong place: " + name);
        if (level != null) {
            assertTrue(level.names.add(name), () -> name + " occurs twice: " + out);
            level.named = true;
        }
        OneLine.check(name);
        out.append(' ').append(name).append('=');
    }

    @Override
    public void number(long value) {
        value();
        out.append(value);
    }

    @Override
    public void unsigned(long value) {
        value();
        out.append(Long.toUnsignedString(value));
    }

    @Override
    public void text(String value) {
        value();
        OneLine.check(value);
        out.append('"').append(value).append('"');
    }

    @Override
    public void hex(byte[] bytes) {
        value();
        out.append('#').append(HexFormat.of().formatHex(bytes));
    }

    @Override
    public void truth(boolean value) {
        value();
        out.append(value);
    }

    @Override
    public void nothing() {
        value();
        out.append("null");
    }
}
