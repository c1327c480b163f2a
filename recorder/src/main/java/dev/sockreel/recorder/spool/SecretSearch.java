package dev.sockreel.recorder.spool;

import dev.sockreel.nlmsg.NlattrWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.RecordLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Whether a datagram may hold something that {@code SecretMask} would mask: nearly none does, and finding that out
 * here, with one read an attribute straight from the receive buffer, takes a tenth of its time. In doubt the answer
 * is yes: any length that does not fit is a reason to let the mask look. One instance a thread.
 */
public final class SecretSearch {
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private @Nullable RecordLayout layout;
    /** Secret attribute types of {@link #layout}, a set of 1 &lt;&lt; type. */
    private long secretTypes;

    /** Offsets and headers of the attributes of a message that was walked; {@link #knownBytes} is -1 for none. */
    private static final int MOST_KNOWN = 32;
    private final int[] knownAt = new int[MOST_KNOWN];
    private final int[] knownHeader = new int[MOST_KNOWN];
    private int known;
    private int knownBytes = -1;

    /** @param buf in native order, the datagram from index 0 */
    public boolean mayHold(ByteBuffer buf, int length) {
        int at = 0;
        while (length - at >= Nlmsghdr.BYTES) {
            int stated = buf.getInt(at);
            if (stated < Nlmsghdr.BYTES || stated > length - at) {
                return true;
            }
            if (stated > Nlmsghdr.BYTES && messageMayHold(buf, at, at + stated)) {
                return true;
            }
            at = Math.min(length, at + Nlmsghdr.align(stated));
        }
        return at != length;
    }

    // The table's rows are constants: comparing references is all that is meant, and costs nothing a message.
    @SuppressWarnings("ReferenceEquality")
    private boolean messageMayHold(ByteBuffer buf, int begin, int end) {
        int payload = begin + Nlmsghdr.BYTES;
        RecordLayout found = RecordLayout.of(buf.getShort(begin + 4) & 0xffff, buf.get(payload) & 0xff);
        if (found == null) {
            return false;
        }
        if (found != layout) {
            knownBytes = -1;
            layout = found;
            secretTypes = typesOf(found);
        }
        return secretTypes != 0 && anyOf(buf, payload + found.headerBytes(), end);
    }

    private boolean anyOf(ByteBuffer buf, int from, int end) {
        if (end - from == knownBytes && isAsKnown(buf, from)) {
            return false;
        }
        int attributes = 0;
        int at = from;
        while (end - at >= NlattrWalk.HEADER_BYTES) {
            int header = buf.getInt(at);
            int stated = LITTLE ? header & 0xffff : header >>> 16;
            int type = (LITTLE ? header >>> 16 : header) & NlattrWalk.TYPE_MASK;
            boolean secret = type >= Long.SIZE || (secretTypes & 1L << type) != 0;
            if (secret || stated < NlattrWalk.HEADER_BYTES || stated > end - at) {
                knownBytes = -1;
                return true;
            }
            if (attributes < MOST_KNOWN) {
                knownAt[attributes] = at - from;
                knownHeader[attributes] = header;
            }
            attributes++;
            at += Nlmsghdr.align(stated);
        }
        known = attributes;
        knownBytes = attributes <= MOST_KNOWN ? end - from : -1;
        return false;
    }

    /**
     * The same attributes at the same places as in the message walked last, which held no secret. Sockets of a kind
     * come one after another, and these reads do not wait for one another as those of a walk do.
     */
    private boolean isAsKnown(ByteBuffer buf, int from) {
        for (int i = 0; i < known; i++) {
            if (buf.getInt(from + knownAt[i]) != knownHeader[i]) {
                return false;
            }
        }
        return true;
    }

    /** Types that the set cannot hold do not exist so far; if they come, everything is looked at. */
    private static long typesOf(RecordLayout layout) {
        long types = 0;
        for (RecordLayout.Secret secret : layout.secrets()) {
            types |= secret.attribute() < Long.SIZE ? 1L << secret.attribute() : -1L;
        }
        return types;
    }
}
