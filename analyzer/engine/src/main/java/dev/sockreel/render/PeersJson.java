package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.peers.Conversation.Connection;
import dev.sockreel.peers.Conversation;
import dev.sockreel.peers.OtherEnd;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket and its peers as one JSON object. */
public final class PeersJson {
    private final JsonGenerator json;
    private final SocketJson sockets;

    public PeersJson(JsonGenerator json) {
        this.json = json;
        this.sockets = new SocketJson(json);
    }

    public void write(Conversation c) throws IOException {
        json.writeStartObject();
        socket("socket", c.socket());
        otherEnd("otherEnd", c.otherEnd());
        sockets("listeners", c.listeners());
        connections("waiting", c.waiting());
        connections("accepted", c.accepted());
        sockets("senders", c.senders());
        json.writeNumberField("leftOut", c.leftOut());
        json.writeEndObject();
    }

    private void socket(String field, @Nullable SocketRow row) throws IOException {
        json.writeFieldName(field);
        if (row == null) {
            json.writeNull();
        } else {
            sockets.write(row);
        }
    }

    private void otherEnd(String field, OtherEnd end) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("kind", end.kind().id());
        json.writeStringField("why", end.why().isEmpty() ? null : end.why());
        socket("socket", end.row());
        json.writeEndObject();
    }

    private void sockets(String field, List<SocketRow> rows) throws IOException {
        json.writeArrayFieldStart(field);
        for (SocketRow row : rows) {
            sockets.write(row);
        }
        json.writeEndArray();
    }

    private void connections(String field, List<Connection> connections) throws IOException {
        json.writeArrayFieldStart(field);
        for (Connection c : connections) {
            json.writeStartObject();
            socket("socket", c.own());
            otherEnd("otherEnd", c.client());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
