package dev.sockreel.recorder;

import dev.sockreel.nlmsg.Nlmsghdr;
import java.nio.ByteBuffer;

/**
 * All that the receiver reads of a datagram: headers alone, straight from the receive buffer, to know when the dump
 * is over and how many messages came. One instance a thread.
 */
final class MessageScan {
    /** How a datagram leaves its dump. */
    enum End {
        GOES_ON, DONE, ERROR
    }

    private int sockets;
    private int errno;

    /**
     * @param buf in native order, the datagram from index 0
     * @param seq of the request: an end with another number is not this dump's
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

    /** Positive; 0 when none. */
    int errno() {
        return errno;
    }
}
