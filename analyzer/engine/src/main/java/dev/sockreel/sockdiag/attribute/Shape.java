package dev.sockreel.sockdiag.attribute;

import dev.sockreel.nlmsg.WireReader;
import java.util.List;

/** The layout of an attribute's value. A value that does not fit its shape is written as hex. */
public interface Shape {
    boolean fits(WireReader in, int at, int bytes);

    <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E;

    /** Returns whether the value serves alignment only and is not written. */
    default boolean isPadding() {
        return false;
    }

    /** Returns the names of the values within this one, at any depth; none when it is a single value. */
    default List<String> names() {
        return List.of();
    }

    /** Writes by the shape, or as hex where that is not possible. */
    default <E extends Exception> void writeOrHex(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
        if (fits(in, at, bytes)) {
            write(in, at, bytes, out);
        } else {
            out.hex(in.bytes(at, bytes));
        }
    }
}
