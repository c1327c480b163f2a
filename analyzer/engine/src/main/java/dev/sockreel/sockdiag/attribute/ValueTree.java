package dev.sockreel.sockdiag.attribute;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes values and keeps them as maps, lists, numbers (Long; BigInteger from 2^63 on) and text. */
public final class ValueTree implements ValueSink<RuntimeException> {
    private sealed interface Node {}

    private record ObjectNode(Map<String, @Nullable Object> fields) implements Node {}

    private record ArrayNode(List<@Nullable Object> values) implements Node {}

    private final Deque<Node> open = new ArrayDeque<>();
    private String name = "";

    /**
     * Creates a sink.
     *
     * @param root receives the fields of the outermost object
     */
    public ValueTree(Map<String, @Nullable Object> root) {
        open.push(new ObjectNode(root));
    }

    private void put(@Nullable Object value) {
        switch (open.element()) {
            case ObjectNode n -> n.fields().put(name, value);
            case ArrayNode n -> n.values().add(value);
        }
    }

    @Override
    public void beginObject() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        put(fields);
        open.push(new ObjectNode(fields));
    }

    @Override
    public void endObject() {
        open.pop();
    }

    @Override
    public void beginArray() {
        List<@Nullable Object> values = new ArrayList<>();
        put(values);
        open.push(new ArrayNode(values));
    }

    @Override
    public void endArray() {
        open.pop();
    }

    @Override
    public void name(String name) {
        this.name = name;
    }

    @Override
    public void number(long value) {
        put(value);
    }

    @Override
    public void unsigned(long value) {
        put(value >= 0 ? (Object) value : new BigInteger(Long.toUnsignedString(value)));
    }

    @Override
    public void text(String value) {
        put(value);
    }

    @Override
    public void truth(boolean value) {
        put(value);
    }

    @Override
    public void nothing() {
        put(null);
    }

    @Override
    public void hex(byte[] bytes) {
        put(HexFormat.of().formatHex(bytes));
    }
}
