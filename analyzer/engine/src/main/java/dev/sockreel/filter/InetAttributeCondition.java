package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;
import java.util.OptionalLong;

/**
 * {@code fwmark = 0x10/0xf0} and {@code cgroup = 4711}: an attribute of inet sockets that is one number. Unknown where
 * the kernel did not send it, such as the mark to a recorder without CAP_NET_ADMIN; sockets of other families have
 * none, which ss takes for 0.
 *
 * @param mask bits that are compared
 */
record InetAttributeCondition(StructField field, long wanted, long mask) implements Condition {
    private static final StructField MARK = StructField.unsigned(StructKind.MARK, "INET_DIAG_MARK", 0, 4);
    /** The inode of the cgroup's folder. */
    private static final StructField CGROUP_ID =
            StructField.unsigned(StructKind.CGROUP_ID, "INET_DIAG_CGROUP_ID", 0, 8);
    private static final long MAX_MARK = 0xffffffffL;
    private static final long ALL_BITS = -1;

    /** {@code MARK} or {@code MARK/MASK}. */
    static Condition mark(String text) {
        int slash = text.indexOf('/');
        Long mark = Numbers.upTo(slash < 0 ? text : text.substring(0, slash), MAX_MARK);
        Long mask = slash < 0 ? Long.valueOf(MAX_MARK) : Numbers.upTo(text.substring(slash + 1), MAX_MARK);
        if (mark == null || mask == null) {
            throw new ValueException(
                    "a mark is a 32-bit number, with or without a mask after a slash: 0x12, 0x10/0xf0",
                    mark == null ? 0 : slash + 1);
        }
        return new InetAttributeCondition(MARK, mark, mask);
    }

    static Condition cgroup(String text) {
        Long id = Numbers.upTo(text, Long.MAX_VALUE);
        if (id == null) {
            throw new ValueException("a capture knows cgroups by number, not by path: give what INET_DIAG_CGROUP_ID"
                    + " shows, or, on the recorded host, `stat -c %i /sys/fs/cgroup/PATH`");
        }
        return new InetAttributeCondition(CGROUP_ID, id, ALL_BITS);
    }

    @Override
    public Truth of(SocketRow row) {
        if (!End.isInet(row.socket())) {
            return Truth.of(wanted == 0);
        }
        OptionalLong value = row.socket().value(field);
        return value.isEmpty() ? Truth.UNKNOWN : Truth.of((value.getAsLong() & mask) == wanted);
    }
}
