package dev.sockreel.nlmsg;

/**
 * Walks the messages of one netlink buffer. A message whose stated length does not fit ends the walk, so that nothing
 * is read past a broken length; {@link #stop()} says why.
 *
 * <pre>
 *  0        4      6      8        12       16
 *  +--------+------+------+--------+--------+---------------+- - -
 *  | len    | type | flags| seq    | pid    | payload       | pad to 4
 *  +--------+------+------+--------+--------+---------------+- - -
 * </pre>
 */
public final class NlmsgWalk {
    /** The reason why a walk ended. */
    public enum Stop {
        /** The walk has not ended. */
        NONE,
        /** The buffer ends exactly after the last message. */
        END,
        /** Fewer bytes than a header are left (a remnant, as the uapi headers call it). */
        REMNANT,
        /** nlmsg_len is under 16. */
        LENGTH_TOO_SHORT,
        /** nlmsg_len points past the end of the buffer. */
        LENGTH_PAST_END
    }

    private final WireReader in;
    private int offset;
    private int next;
    private int length;
    private Stop stop = Stop.NONE;

    /** Walks from {@code from} to the reader's end. */
    public NlmsgWalk(WireReader in, int from) {
        this.in = in;
        this.next = from;
        this.offset = from;
    }

    public NlmsgWalk restart(int from) {
        next = from;
        offset = from;
        length = 0;
        stop = Stop.NONE;
        return this;
    }

    /** Moves to the next whole message; returns false at the end, then {@link #stop()} says why. */
    public boolean next() {
        if (stop != Stop.NONE) {
            return false;
        }
        offset = next;
        int left = in.end() - offset;
        if (left < Nlmsghdr.BYTES) {
            return halt(left <= 0 ? Stop.END : Stop.REMNANT);
        }
        long stated = in.u32(offset);
        if (stated < Nlmsghdr.BYTES) {
            return halt(Stop.LENGTH_TOO_SHORT);
        }
        if (stated > left) {
            return halt(Stop.LENGTH_PAST_END);
        }
        length = (int) stated;
        // The last message of a buffer may lack its padding.
        next = Math.min(in.end(), offset + Nlmsghdr.align(length));
        return true;
    }

    private boolean halt(Stop why) {
        stop = why;
        length = 0;
        return false;
    }

    public Stop stop() {
        return stop;
    }

    /** The offset of this message's header, or of the place where the walk stopped. */
    public int offset() {
        return offset;
    }

    /** The message's nlmsg_len: bytes including the header, without padding. */
    public int length() {
        return length;
    }

    /** One past this message's last byte, padding aside. */
    public int end() {
        return offset + length;
    }

    public int type() {
        return in.u16(offset + 4);
    }

    public int flags() {
        return in.u16(offset + 6);
    }

    public long seq() {
        return in.u32(offset + 8);
    }

    public long pid() {
        return in.u32(offset + 12);
    }

    public int payload() {
        return offset + Nlmsghdr.BYTES;
    }

    public int payloadBytes() {
        return length - Nlmsghdr.BYTES;
    }
}
