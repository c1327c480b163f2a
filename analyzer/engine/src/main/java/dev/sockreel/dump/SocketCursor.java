package dev.sockreel.dump;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.SocketDecoder;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Iterates over a dump's sockets without an object per socket: {@link #socket()} returns the same object, moved on. */
public final class SocketCursor {
    private final Dump dump;
    private final SocketDecoder decoder;
    private final ByteOrder order;
    private int row = -1;
    private @Nullable DiagSocket socket;
    private @Nullable Datagram datagram;

    SocketCursor(Dump dump, SocketDecoder decoder) {
        this.dump = dump;
        this.decoder = decoder;
        this.order = dump.order();
    }

    public boolean next() {
        if (row + 1 >= dump.rows().length) {
            return false;
        }
        moveTo(row + 1);
        return true;
    }

    /**
     * Moves to a row.
     *
     * @param row from 0 to {@link Dump#sockets()} - 1
     */
    public void moveTo(int row) {
        long at = dump.rows()[row];
        Datagram d = dump.datagrams().get((int) (at >>> 32));
        int offset = (int) at;
        long stated = order == ByteOrder.LITTLE_ENDIAN
                ? d.data().getUnsignedIntLE(offset)
                : d.data().getUnsignedInt(offset);
        int end = d.data().readableBytes();
        this.row = row;
        datagram = d;
        socket = decoder.at(d.data(), end, offset, (int) Math.min(stated, end - offset));
    }

    /** Returns the current socket. It is valid until the cursor moves; {@code hold()} makes a lasting copy. */
    public DiagSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("the cursor is before its first socket");
        }
        return socket;
    }

    /** Returns the receive time of the datagram that holds this socket. */
    public ReceiveTime time() {
        return datagram == null ? ReceiveTime.NONE : datagram.time();
    }

    public int row() {
        return row;
    }
}
