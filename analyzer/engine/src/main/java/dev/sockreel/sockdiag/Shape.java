package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.WireReader;

/** How an attribute's value is read. A value that does not fit its shape is shown as hex. */
interface Shape {
    boolean fits(WireReader in, int at, int bytes);

    void write(WireReader in, int at, int bytes, ValueSink out);

    /** Nothing but alignment: not shown. */
    default boolean isPadding() {
        return false;
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
