package dev.sockreel.nlmsg;

/**
 * Walks the attributes between two offsets of a message.
 *
 * <pre>
 *  0      2      4
 *  +------+------+-----------+- - -
 *  | len  | type | value     | pad to 4     len counts its own 4 bytes; the top two bits of type are flags
 *  +------+------+-----------+- - -
 * </pre>
 */
public final class NlattrWalk {
    /** sizeof(struct nlattr). */
    public static final int HEADER_BYTES = 4;
    /** NLA_TYPE_MASK: without NLA_F_NESTED and NLA_F_NET_BYTEORDER. */
    public static final int TYPE_MASK = 0x3fff;

    private final WireReader in;
    private int next;
    private int to;
    private int offset;
    private int length;
    private boolean broken;

    public NlattrWalk(WireReader in, int from, int to) {
        this.in = in;
        restart(from, to);
    }

    public NlattrWalk restart(int from, int to) {
        this.next = from;
        this.offset = from;
        this.to = Math.min(to, in.end());
        this.length = 0;
        this.broken = false;
        return this;
    }

    /** Moves to the next whole attribute; returns false at the end, then {@link #broken()} says if bytes are left. */
    public boolean next() {
        if (broken) {
            return false;
        }
        offset = next;
        int left = to - offset;
        if (left < HEADER_BYTES) {
            broken = left > 0;
            return false;
        }
        int stated = in.u16(offset);
        if (stated < HEADER_BYTES || stated > left) {
            broken = true;
            return false;
        }
        length = stated;
        next = Math.min(to, offset + Nlmsghdr.align(length));
        return true;
    }

    /** True when an attribute's length is under 4 or past the end: what follows {@link #offset()} is not readable. */
    public boolean broken() {
        return broken;
    }

    public int offset() {
        return offset;
    }

    public int type() {
        return in.u16(offset + 2) & TYPE_MASK;
    }

    public int value() {
        return offset + HEADER_BYTES;
    }

    public int valueBytes() {
        return length - HEADER_BYTES;
    }

    /** Returns where the next attribute begins. */
    int end() {
        return next;
    }
}
