package dev.sockreel.dump;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;
import java.util.List;

/** The messages of a dump's sockets, one a row, wherever their bytes are. */
public sealed interface SocketTable permits DatagramTable, ViewTable {
    /** Returns the number of rows. */
    int sockets();

    /** Returns the dump's datagrams as they were received. */
    List<Datagram> datagrams();

    /** Returns a way to look at one message after another. */
    Messages messages();

    /** The message of one row at a time. */
    interface Messages {
        /**
         * Moves to a row.
         *
         * @param row from 0 to {@link SocketTable#sockets()} - 1
         */
        void moveTo(int row);

        /** Returns the buffer that holds the message until the next move. */
        ByteBuf bytes();

        /** Returns where the message begins in the buffer. */
        int offset();

        /** Returns where the received bytes end in the buffer. */
        int end();

        /** Returns nlmsg_len, at most what is left in the buffer. */
        int length();

        /** Returns the receive time of its datagram. */
        ReceiveTime time();
    }

    /**
     * Returns sockets in datagrams.
     *
     * @param rows one socket each: the datagram's index in the upper half, the message's offset in the lower
     */
    static SocketTable of(List<Datagram> datagrams, long[] rows, ByteOrder order) {
        return new DatagramTable(datagrams, rows, order);
    }

    /** Returns nlmsg_len of a message, at most what is left. */
    static int length(ByteBuf bytes, int offset, int end, ByteOrder order) {
        long stated = order == ByteOrder.LITTLE_ENDIAN ? bytes.getUnsignedIntLE(offset) : bytes.getUnsignedInt(offset);
        return (int) Math.min(stated, end - offset);
    }
}
