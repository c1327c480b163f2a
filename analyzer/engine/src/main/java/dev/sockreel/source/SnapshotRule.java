package dev.sockreel.source;

import dev.sockreel.nlmsg.Nlmsghdr;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Where a source without snapshots has its snapshots: a new one begins when a request appears that equals one of this
 * snapshot in all bytes but nlmsg_seq and nlmsg_pid. A failed request opens none.
 */
final class SnapshotRule {
    private static final int NLMSG_SEQ_AT = 8;

    private final Set<ByteBuffer> asked = new HashSet<>();

    /** Whether this request opens a new snapshot; takes note of it. */
    boolean opens(byte[] request, boolean failed) {
        if (failed) {
            return false;
        }
        byte[] key = request.clone();
        if (key.length >= Nlmsghdr.BYTES) {
            java.util.Arrays.fill(key, NLMSG_SEQ_AT, Nlmsghdr.BYTES, (byte) 0);
        }
        if (asked.add(ByteBuffer.wrap(key))) {
            return false;
        }
        asked.clear();
        asked.add(ByteBuffer.wrap(key));
        return true;
    }
}
