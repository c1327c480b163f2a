package dev.sockreel.source.sink;

import dev.sockreel.nlmsg.Nlmsghdr;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Divides a source without snapshots into snapshots: a new one begins with a request that equals an earlier one of the
 * current snapshot in all bytes but nlmsg_seq and nlmsg_pid. A failed request begins none.
 */
public final class SnapshotRule {
    private static final int NLMSG_SEQ_AT = 8;

    private final Set<ByteBuffer> asked = new HashSet<>();

    /**
     * Returns whether this request opens a new snapshot, and remembers it.
     *
     * @param netns the namespace it was sent in: the same request in two namespaces is two requests
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
