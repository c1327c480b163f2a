package dev.sockreel.recorder;

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
final class SecretSearch {
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private @Nullable RecordLayout layout;
    /** Secret attribute types of {@link #layout}, a set of 1 &lt;&lt; type. */
    private long secretTypes;

    /** @param buf in native order, the datagram from index 0 */
    boolean mayHold(ByteBuffer buf, int length) {
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
            layout = found;
            secretTypes = typesOf(found);
        }
        return secretTypes != 0 && anyOf(buf, payload + found.headerBytes(), end);
    }

    private boolean anyOf(ByteBuffer buf, int from, int end) {
        int at = from;
        while (end - at >= NlattrWalk.HEADER_BYTES) {
            int header = buf.getInt(at);
            int stated = LITTLE ? header & 0xffff : header >>> 16;
            int type = (LITTLE ? header >>> 16 : header) & NlattrWalk.TYPE_MASK;
            if (type >= Long.SIZE || (secretTypes & 1L << type) != 0) {
                return true;
            }
            if (stated < NlattrWalk.HEADER_BYTES || stated > end - at) {
                return true;
            }
            at += Nlmsghdr.align(stated);
        }
        return false;
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
