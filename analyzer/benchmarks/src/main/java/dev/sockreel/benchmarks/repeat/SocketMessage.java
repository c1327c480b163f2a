package dev.sockreel.benchmarks.repeat;

import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.RecordLayout;
import java.nio.ByteBuffer;

/** Finds the sockets in a datagram: a message after the other, with the places of what a repetition changes. */
final class SocketMessage {
    private static final int TYPE_AT = 4;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int TYPE_MASK = 0x3fff;
    private static final int INET_DIAG_INFO = 2;

    private final ByteBuffer in;
    private final boolean hasTcpInfo;
    private int next;
    private int cookieAt;
    private int infoAt;
    private int infoBytes;

    /**
     * @param in         the datagram, in the host's byte order
     * @param hasTcpInfo whether INET_DIAG_INFO is a struct tcp_info in this family
     */
    SocketMessage(ByteBuffer in, boolean hasTcpInfo) {
        this.in = in;
        this.hasTcpInfo = hasTcpInfo;
    }

    /** Moves to the next message with a cookie; returns false after the last. */
    boolean next() {
        while (in.limit() - next >= Nlmsghdr.BYTES) {
            int at = next;
            int length = in.getInt(at);
            if (length <= Nlmsghdr.BYTES || length > in.limit() - at) {
                return false;
            }
            next = Math.min(in.limit(), at + Nlmsghdr.align(length));
            int type = Short.toUnsignedInt(in.getShort(at + TYPE_AT));
            RecordLayout layout = RecordLayout.of(type, in.get(at + Nlmsghdr.BYTES) & 0xff);
            if (layout != null && isSocket(layout, length)) {
                cookieAt = at + Nlmsghdr.BYTES + layout.cookieAt();
                findInfo(at + Nlmsghdr.BYTES + layout.headerBytes(), at + length);
                return true;
            }
        }
        return false;
    }

    private static boolean isSocket(RecordLayout layout, int length) {
        return layout.cookieAt() != RecordLayout.NONE
                && length >= Nlmsghdr.BYTES + layout.headerBytes();
    }

    private void findInfo(int from, int to) {
        infoBytes = 0;
        int at = from;
        while (hasTcpInfo && infoBytes == 0 && to - at >= ATTRIBUTE_HEADER) {
            int length = Short.toUnsignedInt(in.getShort(at));
            if (length < ATTRIBUTE_HEADER || length > to - at) {
                return;
            }
            if ((in.getShort(at + 2) & TYPE_MASK) == INET_DIAG_INFO) {
                infoAt = at + ATTRIBUTE_HEADER;
                infoBytes = length - ATTRIBUTE_HEADER;
            }
            at += Nlmsghdr.align(length);
        }
    }

    /** The cookie: two words, the low one first in either byte order. */
    long cookie() {
        return Integer.toUnsignedLong(in.getInt(cookieAt)) | (long) in.getInt(cookieAt + 4) << 32;
    }

    void setCookie(long cookie) {
        in.putInt(cookieAt, (int) cookie);
        in.putInt(cookieAt + 4, (int) (cookie >>> 32));
    }

    /** Returns whether the struct tcp_info is long enough for a word; older kernels have a shorter one. */
    boolean has(int offset, int bytes) {
        return offset + bytes <= infoBytes;
    }

    boolean hasInfo() {
        return infoBytes > 0;
    }

    int word(int offset) {
        return in.getInt(infoAt + offset);
    }

    void setWord(int offset, int value) {
        in.putInt(infoAt + offset, value);
    }

    long longWord(int offset) {
        return in.getLong(infoAt + offset);
    }

    void setLongWord(int offset, long value) {
        in.putLong(infoAt + offset, value);
    }
}
