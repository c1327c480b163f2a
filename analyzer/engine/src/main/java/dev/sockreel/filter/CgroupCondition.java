package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;

/** {@code cgroup = 4711}: INET_DIAG_CGROUP_ID, the inode of the cgroup's folder. Else like {@link MarkCondition}. */
record CgroupCondition(long id) implements Condition {
    private static final StructField CGROUP_ID =
            StructField.unsigned(StructKind.CGROUP_ID, "INET_DIAG_CGROUP_ID", 0, 8);

    static CgroupCondition parse(String text) {
        Long id = Numbers.upTo(text, Long.MAX_VALUE);
        if (id == null) {
            throw new ValueException("a capture knows cgroups by number, not by path: give what INET_DIAG_CGROUP_ID"
                    + " shows, or on the host that was recorded `stat -c %i /sys/fs/cgroup/PATH`");
        }
        return new CgroupCondition(id);
    }

    @Override
    public Truth of(SocketRow row) {
        return End.isInet(row.socket()) ? InetNumber.of(row, CGROUP_ID, value -> value == id) : Truth.of(id == 0);
    }
}
