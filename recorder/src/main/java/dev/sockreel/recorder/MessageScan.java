package dev.sockreel.recorder;

import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;

/**
 * All that the receiver reads of a datagram: headers alone, to know when the dump is over and how many messages came.
 */
final class MessageScan {
    /** How a datagram leaves its dump. */
    enum End {
        GOES_ON,
        DONE,
        ERROR
    }

    private final WireReader in;
    private final NlmsgWalk messages;
    private int sockets;
    private int errno;

    MessageScan(ByteBuf any) {
        in = new WireReader(any, 0, ByteOrder.nativeOrder());
        messages = new NlmsgWalk(in, 0);
    }

    /** @param seq of the request: an end with another number is not this dump's */
    End scan(ByteBuf buf, int length, int seq) {
        in.wrap(buf, length, ByteOrder.nativeOrder());
        messages.restart(0);
        sockets = 0;
        errno = 0;
        while (messages.next()) {
            int type = messages.type();
            if (type == Nlmsghdr.NLMSG_DONE && isOf(seq)) {
                errno = negatedErrno();
                return End.DONE;
            }
            if (type == Nlmsghdr.NLMSG_ERROR && isOf(seq)) {
                errno = negatedErrno();
                return End.ERROR;
            }
            if (type == Nlmsghdr.SOCK_DIAG_BY_FAMILY) {
                sockets++;
            }
        }
        return End.GOES_ON;
    }

    private boolean isOf(int seq) {
        return (int) messages.seq() == seq;
    }

    /** NLMSG_DONE and NLMSG_ERROR begin with an int that is 0 or -errno. */
    private int negatedErrno() {
        return messages.payloadBytes() < 4 ? 0 : Math.max(0, -in.s32(messages.payload()));
    }

    int sockets() {
        return sockets;
    }

    /** Positive; 0 when none. */
    int errno() {
        return errno;
    }
}
