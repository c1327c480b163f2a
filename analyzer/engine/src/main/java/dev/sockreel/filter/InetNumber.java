package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.StructField;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** An attribute of inet sockets that is one number, and may be absent. */
final class InetNumber {
    static Truth of(SocketRow row, StructField field, LongPredicate wanted) {
        OptionalLong value = row.socket().value(field);
        return value.isEmpty() ? Truth.UNKNOWN : Truth.of(wanted.test(value.getAsLong()));
    }

    private InetNumber() {}
}
