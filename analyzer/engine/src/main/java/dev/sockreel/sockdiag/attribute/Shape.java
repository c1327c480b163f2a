package dev.sockreel.sockdiag.attribute;

import dev.sockreel.nlmsg.WireReader;
import java.util.List;

/** A way to read an attribute's value. A value that does not fit its shape is shown as hex. */
public interface Shape {
    boolean fits(WireReader in, int at, int bytes);

    void write(WireReader in, int at, int bytes, ValueSink out);

    /** Returns whether it is nothing but alignment, which is not shown. */
    default boolean isPadding() {
        return false;
    }

    /** Returns the names of the values within this one, at any depth; none when it is a value itself. */
    default List<String> names() {
        return List.of();
    }

    /** Writes by the shape, or as hex where that is not possible. */
    default void writeOrHex(WireReader in, int at, int bytes, ValueSink out) {
        if (fits(in, at, bytes)) {
            write(in, at, bytes, out);
        } else {
            out.hex(in.bytes(at, bytes));
        }
    }
}
