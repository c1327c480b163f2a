package dev.sockreel.snapshot;

import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.sockdiag.ValueSink;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a socket by the names that users and scripts rely on, in their order: what JSON shows and diff compares. */
public final class SocketFields {
    public static final String OWNERS = "owners";
    public static final String PEER_OWNERS = "peerOwners";
    public static final String OWNER_STATE = "state";
    public static final String ATTRIBUTES = "attributes";
    public static final String UNKNOWN = "unknown";

    private final ValueSink out;

    private SocketFields(ValueSink out) {
        this.out = out;
    }

    /** All but where and when it was seen, as the fields of an object that is begun and ended by the caller. */
    public static void write(SocketRow row, ValueSink out) {
        new SocketFields(out).write(row);
    }

    /** The same without its attributes. */
    public static void writeOwn(SocketRow row, ValueSink out) {
        new SocketFields(out).own(row);
    }

    private void write(SocketRow row) {
        own(row);
        out.name(ATTRIBUTES);
        row.attributes(out);
    }

    private void own(SocketRow row) {
        Socket socket = row.socket();
        number("netns", row.netns(), 0);
        text("netid", socket.netid());
        text("state", socket.state());
        text("local", socket.local());
        text("peer", row.peer());
        number("inode", socket.inode(), Socket.UNKNOWN);
        text("cookie", socket.cookie() == Socket.NO_COOKIE ? null : Long.toUnsignedString(socket.cookie()));
        number("uid", socket.uid(), Socket.UNKNOWN);
        interfaceOf(row);
        queues(socket);
        unix(row);
        owners(OWNERS, row.owners());
        unknown(row);
        text("source", socket.source());
    }

    private void interfaceOf(SocketRow row) {
        number("ifindex", row.socket().ifindex(), Socket.UNKNOWN);
        String name = row.interfaceName();
        if (name != null) {
            text("interface", name);
        }
    }

    private void queues(Socket socket) {
        queue("recvQ", socket.recvQ());
        queue("sendQ", socket.sendQ());
        number("unread", socket.unread().orElse(-1), -1);
        truth("waiting", socket.waiting());
        truth("eofUnread", socket.eofUnread());
    }

    private void queue(String field, Queue queue) {
        number(field, queue.kernelNumber(), -1);
        text(field + "Meaning", queue.meaning().id());
    }

    private void unix(SocketRow row) {
        number("peerInode", row.socket().peerInode(), Socket.UNKNOWN);
        owners(PEER_OWNERS, row.peerOwners());
        number("fileInode", row.socket().fileInode(), Socket.UNKNOWN);
        number("fileDevice", row.socket().fileDevice(), Socket.UNKNOWN);
    }

    private void owners(String field, @Nullable List<Owner> owners) {
        out.name(field);
        if (owners == null) {
            out.nothing();
            return;
        }
        out.beginArray();
        for (Owner owner : owners) {
            out.beginObject();
            number("pid", owner.pid(), -1);
            text("comm", owner.comm());
            number("fd", owner.fd(), -1);
            text(OWNER_STATE, owner.state());
            out.endObject();
        }
        out.endArray();
    }

    private void unknown(SocketRow row) {
        out.name(UNKNOWN);
        out.beginObject();
        for (Map.Entry<String, Unknown> e : row.unknown().entrySet()) {
            text(e.getKey(), e.getValue().id());
        }
        out.endObject();
    }

    private void number(String field, long value, long none) {
        out.name(field);
        if (value == none) {
            out.nothing();
        } else {
            out.number(value);
        }
    }

    private void text(String field, @Nullable String value) {
        out.name(field);
        if (value == null) {
            out.nothing();
        } else {
            out.text(value);
        }
    }

    private void truth(String field, @Nullable Boolean value) {
        out.name(field);
        if (value == null) {
            out.nothing();
        } else {
            out.truth(value);
        }
    }
}
