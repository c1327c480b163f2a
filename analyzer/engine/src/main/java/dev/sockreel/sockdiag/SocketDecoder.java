package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes netlink messages to sockets. There is one decoder for each dump and thread; it makes one {@link DiagSocket}
 * and moves it from message to message.
 */
public final class SocketDecoder {
    private final DumpRequest request;
    private final ByteOrder order;
    private final WireReader in;
    private final @Nullable DiagSocket socket;

    /**
     * @param request what the messages answer
     * @param order   of the capturing host
     */
    public SocketDecoder(DumpRequest request, ByteOrder order) {
        this.request = request;
        this.order = order;
        this.in = new WireReader(Unpooled.EMPTY_BUFFER, 0, order);
        SocketFamily family = Families.of(request);
        this.socket = family == null ? null : new DiagSocket(family, request, in);
    }

    public DumpRequest request() {
        return request;
    }

    /** Returns whether the request is of a family that can be decoded. */
    public boolean knowsFamily() {
        return socket != null;
    }

    /**
     * Returns the socket of the message at {@code messageOffset}.
     *
     * @param buf           holds the datagram; offsets count from its index 0
     * @param end           one past the last byte received
     * @param messageLength nlmsg_len; may reach past {@code end}, then the message counts as cut
     * @return the same object each time, valid until the next call; null when the message is of no known socket kind,
     *     another than was asked for, or does not hold its fixed header
     */
    public @Nullable DiagSocket at(ByteBuf buf, int end, int messageOffset, int messageLength) {
        DiagSocket s = socket;
        int limit = Math.min(end, buf.capacity());
        if (s == null || messageOffset < 0 || messageLength < Nlmsghdr.BYTES || messageOffset > limit) {
            return null;
        }
        boolean isCut = messageLength > limit - messageOffset;
        int messageEnd = isCut ? limit : messageOffset + messageLength;
        int payload = messageOffset + Nlmsghdr.BYTES;
        if (messageEnd - payload < s.headerBytes()) {
            return null;
        }
        in.wrap(buf, messageEnd, order);
        if (!Families.matches(request, in.u16(messageOffset + 4), in.u8(payload))) {
            return null;
        }
        s.moveTo(messageOffset, messageEnd, isCut);
        return s;
    }
}
