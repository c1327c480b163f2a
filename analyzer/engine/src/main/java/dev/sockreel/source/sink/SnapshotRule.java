package dev.sockreel.source.sink;

import dev.sockreel.nlmsg.Nlmsghdr;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Divides a source without snapshots into snapshots: a new one begins with a request that equals an earlier one of the
 * current snapshot in all bytes but nlmsg_seq and nlmsg_pid. A failed request, or a dump without a request, begins none,
 * unless the snapshot has so many dumps already that no program asks for them at one time.
 */
public final class SnapshotRule {
    /** Limit for the dumps of one namespace in one snapshot: twenty of each kind of socket. */
    public static final int MAX_DUMPS_OF_A_NAMESPACE = 256;
    /** Limit for the dumps of one snapshot. */
    static final int MAX_DUMPS = 16_384;

    private static final int NLMSG_SEQ_AT = 8;

    /** Digests of the requests, since one may have 64 KiB. */
    private final Set<ByteBuffer> asked = new HashSet<>();
    private final MessageDigest digest = sha256();
    private final Map<Integer, Integer> dumpsOfNamespace = new HashMap<>();
    private int dumps;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Returns whether this request's dump opens a new snapshot, and remembers it.
     *
     * @param netns the namespace it was sent in: the same request in two namespaces is two requests
     */
    public boolean opens(int netns, byte[] request, boolean failed) {
        if (failed) {
            return opensUnasked(netns);
        }
        ByteBuffer key = key(netns, request);
        boolean opens = asked.contains(key) || isFull(netns);
        count(netns, opens);
        asked.add(key);
        return opens;
    }

    /** Returns whether a dump opens a new snapshot although no request shows it, and counts it. */
    public boolean opensUnasked(int netns) {
        boolean opens = isFull(netns);
        count(netns, opens);
        return opens;
    }

    private boolean isFull(int netns) {
        return dumps == MAX_DUMPS || dumpsOfNamespace.getOrDefault(netns, 0) == MAX_DUMPS_OF_A_NAMESPACE;
    }

    private void count(int netns, boolean opens) {
        if (opens) {
            asked.clear();
            dumpsOfNamespace.clear();
            dumps = 0;
        }
        dumps++;
        dumpsOfNamespace.merge(netns, 1, Integer::sum);
    }

    private ByteBuffer key(int netns, byte[] request) {
        byte[] same = request;
        if (request.length >= Nlmsghdr.BYTES) {
            same = request.clone();
            Arrays.fill(same, NLMSG_SEQ_AT, Nlmsghdr.BYTES, (byte) 0);
        }
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(netns).array());
        return ByteBuffer.wrap(digest.digest(same));
    }
}
