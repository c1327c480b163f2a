package dev.sockreel.dump;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.SocketDecoder;
import org.jspecify.annotations.Nullable;

/** Iterates over a dump's sockets without an object per socket: {@link #socket()} returns the same object, moved on. */
public final class SocketCursor {
    private final SocketTable.Messages messages;
    private final int rows;
    private final SocketDecoder decoder;
    private int row = -1;
    private @Nullable DiagSocket socket;

    SocketCursor(SocketTable table, SocketDecoder decoder) {
        this.messages = table.messages();
        this.rows = table.sockets();
        this.decoder = decoder;
    }

    public boolean next() {
        if (row + 1 >= rows) {
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
        messages.moveTo(row);
        this.row = row;
        socket = decoder.at(messages.bytes(), messages.end(), messages.offset(), messages.length());
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
        return row < 0 ? ReceiveTime.NONE : messages.time();
    }

    public int row() {
        return row;
    }
}
