package dev.sockreel.filter;

import dev.sockreel.sockdiag.attribute.ValueSink;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Takes all fields of a socket and keeps the values of one. */
final class FieldValues implements ValueSink<RuntimeException> {
    sealed interface Value {}

    record Number(BigInteger number) implements Value {}

    record Text(String text) implements Value {}

    enum NotKnown implements Value {
        NOT_KNOWN
    }

    private final String wanted;
    private final boolean end;
    private final List<Value> values = new ArrayList<>();
    /** Names from the outermost on, each behind a dot; elements of an array have none. */
    private final StringBuilder path = new StringBuilder();
    private final List<Integer> lengths = new ArrayList<>();
    private boolean listed;

    /** @param end whether the path's end suffices */
    FieldValues(String wanted, boolean end) {
        this.wanted = wanted;
        this.end = end;
    }

    List<Value> values() {
        return values;
    }

    /** Returns true if the field is, or is within, an array that is there: no values then means that there are none. */
    boolean isListed() {
        return listed;
    }

    @Override
    public void name(String name) {
        path.setLength(depthLength());
        path.append('.').append(name);
    }

    private int depthLength() {
        return lengths.isEmpty() ? 0 : lengths.getLast();
    }

    @Override
    public void beginObject() {
        lengths.add(path.length());
    }

    @Override
    public void beginArray() {
        lengths.add(path.length());
        listed |= isWanted() || (!end && wanted.startsWith(path + "."));
    }

    @Override
    public void endObject() {
        path.setLength(lengths.removeLast());
    }

    @Override
    public void endArray() {
        path.setLength(lengths.removeLast());
    }

    private boolean isWanted() {
        int at = path.length() - wanted.length();
        return (end ? at >= 0 : at == 0) && path.indexOf(wanted, at) == at;
    }

    @Override
    public void number(long value) {
        if (isWanted()) {
            values.add(new Number(BigInteger.valueOf(value)));
        }
    }

    @Override
    public void unsigned(long value) {
        if (isWanted()) {
            values.add(
                    new Number(value >= 0 ? BigInteger.valueOf(value) : new BigInteger(Long.toUnsignedString(value))));
        }
    }

    @Override
    public void text(String value) {
        if (isWanted()) {
            values.add(new Text(value));
        }
    }

    @Override
    public void truth(boolean value) {
        text(Boolean.toString(value));
    }

    @Override
    public void nothing() {
        if (isWanted()) {
            values.add(NotKnown.NOT_KNOWN);
        }
    }

    @Override
    public void hex(byte[] bytes) {
        if (isWanted()) {
            values.add(new Text(HexFormat.of().formatHex(bytes)));
        }
    }
}
