package dev.sockreel.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A socket as one JSON object: the fields that users and scripts rely on. */
public final class SocketJson {
    private final JsonGenerator json;
    private final JsonValues values;

    public SocketJson(JsonGenerator json) {
        this.json = json;
        this.values = new JsonValues(json);
    }

    public void write(SocketRow row) throws IOException {
        Socket socket = row.socket();
        json.writeStartObject();
        json.writeNumberField("snapshot", row.snapshot());
        text("time", Rfc3339.of(row.time().realtimeNs()));
        number("netns", row.netns(), 0);
        json.writeStringField("netid", socket.netid());
        json.writeStringField("state", socket.state());
        text("local", socket.local());
        text("peer", row.peer());
        number("inode", socket.inode(), Socket.UNKNOWN);
        text("cookie", socket.cookie() == Socket.NO_COOKIE ? null : Long.toUnsignedString(socket.cookie()));
        number("uid", socket.uid(), Socket.UNKNOWN);
        interfaceOf(row);
        queues(socket);
        unix(row);
        owners("owners", row.owners());
        unknown(row);
        json.writeStringField("source", socket.source());
        json.writeFieldName("attributes");
        row.attributes(values);
        json.writeEndObject();
    }

    private void interfaceOf(SocketRow row) throws IOException {
        number("ifindex", row.socket().ifindex(), Socket.UNKNOWN);
        String name = row.interfaceName();
        if (name != null) {
            json.writeStringField("interface", name);
        }
    }

    private void queues(Socket socket) throws IOException {
        queue("recvQ", socket.recvQ());
        queue("sendQ", socket.sendQ());
        number("unread", socket.unread().orElse(-1), -1);
        bool("waiting", socket.waiting());
        bool("eofUnread", socket.eofUnread());
    }

    private void queue(String field, Queue queue) throws IOException {
        number(field, queue.kernelNumber(), -1);
        json.writeStringField(field + "Meaning", queue.meaning().id());
    }

    private void unix(SocketRow row) throws IOException {
        number("peerInode", row.socket().peerInode(), Socket.UNKNOWN);
        owners("peerOwners", row.peerOwners());
        number("fileInode", row.socket().fileInode(), Socket.UNKNOWN);
        number("fileDevice", row.socket().fileDevice(), Socket.UNKNOWN);
    }

    private void owners(String field, @Nullable List<Owner> owners) throws IOException {
        json.writeFieldName(field);
        if (owners == null) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (Owner owner : owners) {
            json.writeStartObject();
            json.writeNumberField("pid", owner.pid());
            json.writeStringField("comm", owner.comm());
            json.writeNumberField("fd", owner.fd());
            text("state", owner.state());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void unknown(SocketRow row) throws IOException {
        json.writeObjectFieldStart("unknown");
        for (Map.Entry<String, Unknown> e : row.unknown().entrySet()) {
            json.writeStringField(e.getKey(), e.getValue().id());
        }
        json.writeEndObject();
    }

    private void number(String field, long value, long none) throws IOException {
        json.writeFieldName(field);
        if (value == none) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    private void text(String field, @Nullable String value) throws IOException {
        json.writeFieldName(field);
        json.writeString(value);
    }

    private void bool(String field, @Nullable Boolean value) throws IOException {
        json.writeFieldName(field);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeBoolean(value);
        }
    }
}
