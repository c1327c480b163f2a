package dev.sockreel.source.sink;

import dev.sockreel.nlmsg.Nlmsghdr;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Where a source without snapshots has its snapshots: a new one begins when a request appears that equals one of this
 * snapshot in all bytes but nlmsg_seq and nlmsg_pid. A failed request opens none.
 */
public final class SnapshotRule {
    private static final int NLMSG_SEQ_AT = 8;

    private final Set<ByteBuffer> asked = new HashSet<>();

    /**
     * Whether this request opens a new snapshot; takes note of it.
     *
     * @param netns that it was asked in: the same request in two namespaces is two
     */
    public boolean opens(int netns, byte[] request, boolean failed) {
        if (failed) {
            return false;
        }
        ByteBuffer key = ByteBuffer.allocate(Integer.BYTES + request.length).putInt(netns).put(request).rewind();
        if (request.length >= Nlmsghdr.BYTES) {
            key.putLong(Integer.BYTES + NLMSG_SEQ_AT, 0);
        }
        if (asked.add(key)) {
            return false;
        }
        asked.clear();
        asked.add(key);
        return true;
    }
}
