package dev.sockreel.source;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One netlink message of an ss dump.
 *
 * @param offset of its header in the source, bytes
 * @param type   nlmsg_type
 * @param seq    nlmsg_seq
 * @param pid    nlmsg_pid
 * @param bytes  the message with its padding
 */
record SsDumpMessage(long offset, int type, long seq, long pid, ByteOrder order, byte[] bytes) {
    boolean isSocket() {
        return type == Nlmsghdr.SOCK_DIAG_BY_FAMILY || type == Nlmsghdr.TCPDIAG_GETSOCK;
    }

    boolean isDone() {
        return type == Nlmsghdr.NLMSG_DONE;
    }

    boolean isError() {
        return type == Nlmsghdr.NLMSG_ERROR;
    }

    boolean isOfRequest(SsDumpMessage other) {
        return seq == other.seq && pid == other.pid;
    }

    /** Returns the address family of a reply that has only one in a dump; 0 for other messages. */
    int family() {
        int first = type == Nlmsghdr.SOCK_DIAG_BY_FAMILY && bytes.length > Nlmsghdr.BYTES
                ? bytes[Nlmsghdr.BYTES] & 0xff : 0;
        return Family.isInet(first) ? first : 0;
    }

    /** Returns the errno of NLMSG_ERROR as a positive number. */
    int errno() {
        int at = Nlmsghdr.BYTES;
        return bytes.length >= at + 4 ? -new WireReader(data(), bytes.length, order).s32(at) : 0;
    }

    /** Returns the request that NLMSG_ERROR repeats; empty for none. */
    byte[] requestInError() {
        int at = Nlmsghdr.BYTES + 4;
        return isError() && bytes.length >= at + Nlmsghdr.BYTES
                ? Arrays.copyOfRange(bytes, at, bytes.length) : new byte[0];
    }

    ByteBuf data() {
        return Unpooled.wrappedBuffer(bytes);
    }
}
