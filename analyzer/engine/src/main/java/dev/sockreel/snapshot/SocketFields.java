package dev.sockreel.snapshot;

import dev.sockreel.address.AddressText;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A socket's fields, in order, under the names that users and scripts rely on: what JSON shows and diff compares. */
public final class SocketFields {
    public static final String OWNERS = "owners";
    public static final String PEER_OWNERS = "peerOwners";
    public static final String OWNER_STATE = "state";
    public static final String ATTRIBUTES = "attributes";
    public static final String UNKNOWN = "unknown";

    @FunctionalInterface
    private interface Writer {
        void write(SocketFields out, SocketRow row);
    }

    /** All fields but the attributes, by name and in order. */
    private static final Map<String, Writer> OWN = new LinkedHashMap<>();

    static {
        OWN.put("netns", (out, row) -> out.number("netns", row.netns(), 0));
        OWN.put("netid", (out, row) -> out.text("netid", row.socket().netid()));
        OWN.put("state", (out, row) -> out.text("state", row.socket().state()));
        OWN.put("local", (out, row) -> out.text("local", AddressText.orNull(row.socket().local())));
        OWN.put("peer", (out, row) -> out.text("peer", AddressText.orNull(row.peer())));
        OWN.put("inode", (out, row) -> out.number("inode", row.socket().inode(), Socket.UNKNOWN));
        OWN.put("cookie", (out, row) -> out.cookie(row.socket().cookie()));
        OWN.put("uid", (out, row) -> out.number("uid", row.socket().uid(), Socket.UNKNOWN));
        OWN.put("ifindex", (out, row) -> out.number("ifindex", row.socket().ifindex(), Socket.UNKNOWN));
        OWN.put("interface", SocketFields::interfaceOf);
        OWN.put("recvQ", (out, row) -> out.queue("recvQ", row.socket().recvQ()));
        OWN.put("recvQMeaning", (out, row) -> out.text("recvQMeaning", row.socket().recvQ().meaning().id()));
        OWN.put("sendQ", (out, row) -> out.queue("sendQ", row.socket().sendQ()));
        OWN.put("sendQMeaning", (out, row) -> out.text("sendQMeaning", row.socket().sendQ().meaning().id()));
        OWN.put("unread", (out, row) -> out.number("unread", row.socket().unread().orElse(-1), -1));
        OWN.put("waiting", (out, row) -> out.truth("waiting", row.socket().waiting()));
        OWN.put("eofUnread", (out, row) -> out.truth("eofUnread", row.socket().eofUnread()));
        OWN.put("peerInode", (out, row) -> out.number("peerInode", row.socket().peerInode(), Socket.UNKNOWN));
        OWN.put(PEER_OWNERS, (out, row) -> out.owners(PEER_OWNERS, row.peerOwners()));
        OWN.put("fileInode", (out, row) -> out.number("fileInode", row.socket().fileInode(), Socket.UNKNOWN));
        OWN.put("fileDevice", (out, row) -> out.number("fileDevice", row.socket().fileDevice(), Socket.UNKNOWN));
        OWN.put(OWNERS, (out, row) -> out.owners(OWNERS, row.owners()));
        OWN.put(UNKNOWN, SocketFields::unknown);
        OWN.put("source", (out, row) -> out.text("source", row.socket().source()));
    }

    private final ValueSink out;

    private SocketFields(ValueSink out) {
        this.out = out;
    }

    /** Writes all fields except place and time, as members of an object that the caller begins and ends. */
    public static void write(SocketRow row, ValueSink out) {
        SocketFields fields = new SocketFields(out);
        OWN.values().forEach(writer -> writer.write(fields, row));
        out.name(ATTRIBUTES);
        row.attributes(out);
    }

    /**
     * Writes one field by its name; nothing when there is no such field, or the row does not have it. Attributes do not
     * count as fields here.
     */
    public static void write(String field, SocketRow row, ValueSink out) {
        Writer writer = OWN.get(field);
        if (writer != null) {
            writer.write(new SocketFields(out), row);
        }
    }

    private void interfaceOf(SocketRow row) {
        String name = row.interfaceName();
        if (name != null) {
            text("interface", name);
        }
    }

    private void cookie(long cookie) {
        text("cookie", cookie == Socket.NO_COOKIE ? null : Long.toUnsignedString(cookie));
    }

    private void queue(String field, Queue queue) {
        number(field, queue.kernelNumber(), -1);
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
