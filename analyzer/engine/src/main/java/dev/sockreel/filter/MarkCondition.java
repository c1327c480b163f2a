package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;

/**
 * {@code fwmark = 0x10/0xf0}: INET_DIAG_MARK, of which the bits of the mask count. Unknown where the kernel did not give
 * it, as to one without CAP_NET_ADMIN; sockets that are none of inet have none, which ss takes for 0.
 */
record MarkCondition(long mark, long mask) implements Condition {
    private static final StructField MARK = StructField.unsigned(StructKind.MARK, "INET_DIAG_MARK", 0, 4);
    private static final long MOST = 0xffffffffL;

    static MarkCondition parse(String text) {
        int slash = text.indexOf('/');
        Long mark = Numbers.upTo(slash < 0 ? text : text.substring(0, slash), MOST);
        Long mask = slash < 0 ? Long.valueOf(MOST) : Numbers.upTo(text.substring(slash + 1), MOST);
        if (mark == null || mask == null) {
            throw new ValueException(
                    "a mark is a number of 32 bits, with a mask behind a slash or without: 0x12, 0x10/0xf0",
                    mark == null ? 0 : slash + 1);
        }
        return new MarkCondition(mark, mask);
    }

    @Override
    public Truth of(SocketRow row) {
        return End.isInet(row.socket()) ? InetNumber.of(row, MARK, value -> (value & mask) == mark)
                : Truth.of(mark == 0);
    }
}
