package dev.sockreel.source;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.source.sink.HostOrder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads netlink messages that follow each other without datagram edges, each padded to 4 bytes. When a length cannot be
 * right, it searches for the next plausible header and returns the bytes in between as junk. Memory: one window.
 */
final class MessageStream {
    /** The kernel fills at most 32 KiB at once, so no message of a dump is longer. */
    static final int MAX_MESSAGE_BYTES = 32 * 1024;

    /** A header and struct inet_diag_msg. */
    private static final int MIN_SOCKET_BYTES = Nlmsghdr.BYTES + 72;
    private static final int WINDOW_BYTES = 8 * MAX_MESSAGE_BYTES;

    private final InputStream in;
    private final byte[] window = new byte[WINDOW_BYTES];
    private final @Nullable ByteOrder order;
    private final WireReader reader;
    private int from;
    private int to;
    private long offsetOfWindow;
    private boolean atEnd;
    private int length;
    private boolean junk;
    private String problem = "";
    private long dumpSeq;
    private boolean dumpSeqKnown;

    MessageStream(InputStream in) throws IOException {
        this.in = in;
        fill();
        order = order(Unpooled.wrappedBuffer(window, 0, to));
        reader = new WireReader(Unpooled.wrappedBuffer(window), 0, order == null ? ByteOrder.nativeOrder() : order);
    }

    /** Returns the byte order; null when the bytes do not begin with a message that sock_diag sends. */
    static @Nullable ByteOrder order(ByteBuf head) {
        ByteOrder order = HostOrder.of(head, 0);
        if (order == null) {
            return null;
        }
        WireReader in = new WireReader(head, head.readableBytes(), order);
        return isKnownType(in.u16(4)) ? order : null;
    }

    @Nullable
    ByteOrder order() {
        return order;
    }

    boolean isEmpty() {
        return to == 0;
    }

    private static boolean isKnownType(int type) {
        return type == Nlmsghdr.SOCK_DIAG_BY_FAMILY
                || type == Nlmsghdr.TCPDIAG_GETSOCK
                || type == Nlmsghdr.NLMSG_DONE
                || type == Nlmsghdr.NLMSG_ERROR;
    }

    /** Moves to the next message or junk; false at the end. */
    boolean next() throws IOException {
        from += length;
        length = 0;
        fill();
        reader.wrap(reader.buf(), to, reader.order());
        int left = to - from;
        if (left == 0) {
            return false;
        }
        problem = problemAt(from);
        junk = !problem.isEmpty();
        length = junk ? junkBytes() : Math.min(left, Nlmsghdr.align((int) reader.u32(from)));
        return true;
    }

    private String problemAt(int at) {
        int left = to - at;
        if (left < Nlmsghdr.BYTES) {
            return left + " bytes are left; a header needs " + Nlmsghdr.BYTES;
        }
        long stated = reader.u32(at);
        boolean isKnown = isKnownType(reader.u16(at + 4));
        if (!isKnown && dumpSeqKnown && reader.u32(at + 8) != dumpSeq) {
            return "no message begins here"; // without its numbers, which may be a part of a key
        }
        if (stated < Nlmsghdr.BYTES || stated > MAX_MESSAGE_BYTES) {
            return isKnown ? "nlmsg_len is " + stated : "no message begins here";
        }
        return stated > left ? "nlmsg_len is " + stated + ", but only " + left + " bytes are left" : "";
    }

    /** Returns the length of the junk, up to the next plausible header or the end of the window. */
    private int junkBytes() {
        for (int at = from + 4; at + Nlmsghdr.BYTES <= to; at += 4) {
            if (isHeader(at) && (!dumpSeqKnown || reader.u32(at + 8) == dumpSeq || hasNext(at))) {
                return at - from;
            }
        }
        // A header could begin in the last bytes of the window and continue after it.
        return atEnd ? to - from : Math.max(4, (to - from - Nlmsghdr.BYTES) & ~3);
    }

    /** Returns whether a message may begin here; a socket is one of inet. */
    private boolean isHeader(int at) {
        long stated = reader.u32(at);
        if (stated < Nlmsghdr.BYTES || stated > MAX_MESSAGE_BYTES || stated > to - at) {
            return false;
        }
        int type = reader.u16(at + 4);
        boolean isSocket = type == Nlmsghdr.SOCK_DIAG_BY_FAMILY || type == Nlmsghdr.TCPDIAG_GETSOCK;
        return isSocket
                ? stated >= MIN_SOCKET_BYTES && Family.isInet(reader.u8(at + Nlmsghdr.BYTES))
                : isKnownType(type);
    }

    /** Returns whether another message of the same dump follows: a lone header of another dump may be chance. */
    private boolean hasNext(int at) {
        int next = at + Nlmsghdr.align((int) reader.u32(at));
        return next + Nlmsghdr.BYTES <= to && isHeader(next)
                && reader.u32(next + 8) == reader.u32(at + 8) && reader.u32(next + 12) == reader.u32(at + 12);
    }

    private void fill() throws IOException {
        if (atEnd || to - from >= 2 * MAX_MESSAGE_BYTES) {
            return;
        }
        System.arraycopy(window, from, window, 0, to - from);
        offsetOfWindow += from;
        to -= from;
        from = 0;
        int read = in.readNBytes(window, to, window.length - to);
        atEnd = read < window.length - to;
        to += read;
    }

    /** Returns the offset of the current message in the source, in bytes. */
    long offset() {
        return offsetOfWindow + from;
    }

    int length() {
        return length;
    }

    boolean isJunk() {
        return junk;
    }

    /** Returns why this is junk. */
    String problem() {
        return problem;
    }

    /** Returns a copy of the current message, or of the junk. */
    SsDumpMessage message() {
        boolean hasHeader = length >= Nlmsghdr.BYTES;
        return new SsDumpMessage(
                offset(), hasHeader ? reader.u16(from + 4) : 0, hasHeader ? reader.u32(from + 8) : 0,
                hasHeader ? reader.u32(from + 12) : 0, reader.order(), reader.bytes(from, length));
    }

    /** Marks the dump that the current message belongs to: after junk, its messages are looked for first. */
    void inDump(long seq) {
        dumpSeq = seq;
        dumpSeqKnown = true;
    }
}
