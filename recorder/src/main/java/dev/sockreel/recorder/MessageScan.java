package dev.sockreel.recorder;

import dev.sockreel.nlmsg.Nlmsghdr;
import java.nio.ByteBuffer;

/**
 * Scans the message headers of a datagram, straight from the receive buffer, to find the dump's end and to count its
 * messages. The receiver reads nothing else. Not thread-safe.
 */
final class MessageScan {
    /** The state of a dump after a datagram. */
    enum End {
        GOES_ON,
        DONE,
        ERROR
    }

    private int sockets;
    private int errno;

    /**
     * Scans one datagram.
     *
     * @param buf    the datagram from index 0, in native order
     * @param length length of the datagram, bytes
     * @param seq    nlmsg_seq of the request; an end with another number is not this dump's
     */
    End scan(ByteBuffer buf, int length, int seq) {
        sockets = 0;
        errno = 0;
        int at = 0;
        while (length - at >= Nlmsghdr.BYTES) {
            int stated = buf.getInt(at);
            if (stated < Nlmsghdr.BYTES || stated > length - at) {
                return End.GOES_ON;
            }
            int type = buf.getShort(at + 4) & 0xffff;
            if (type == Nlmsghdr.SOCK_DIAG_BY_FAMILY) {
                sockets++;
            } else if ((type == Nlmsghdr.NLMSG_DONE || type == Nlmsghdr.NLMSG_ERROR) && buf.getInt(at + 8) == seq) {
                // Both begin with an int that is 0 or -errno.
                errno = stated < Nlmsghdr.BYTES + 4 ? 0 : Math.max(0, -buf.getInt(at + Nlmsghdr.BYTES));
                return type == Nlmsghdr.NLMSG_DONE ? End.DONE : End.ERROR;
            }
            at += Nlmsghdr.align(stated);
        }
        return End.GOES_ON;
    }

    int sockets() {
        return sockets;
    }

    /** The errno of the dump's end, positive; 0 for none. */
    int errno() {
        return errno;
    }
}
