package dev.sockreel.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.peers.Conversation.Connection;
import dev.sockreel.peers.Conversation;
import dev.sockreel.peers.OtherEnd;
import dev.sockreel.render.SocketInWords;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the sockets that a socket talks with, each as text and, if it is in the page, with its index. */
final class PageConversationJson {
    /** Sockets per list at most; a listener may have thousands of connections. */
    private static final int MAX_PER_LIST = 20;

    private final JsonGenerator json;
    private final Map<SocketIdentity, Integer> places;

    PageConversationJson(JsonGenerator json, Map<SocketIdentity, Integer> places) {
        this.json = json;
        this.places = places;
    }

    /**
     * Writes
     * {@code {"otherEnd": …, "listeners": […], "waiting": […], "accepted": […], "senders": […], "leftOut": N}}.
     */
    void write(Conversation c) throws IOException {
        json.writeStartObject();
        json.writeFieldName("otherEnd");
        write(c.otherEnd());
        rows("listeners", c.listeners());
        connections("waiting", c.waiting());
        connections("accepted", c.accepted());
        rows("senders", c.senders());
        json.writeNumberField("leftOut",
                c.leftOut() + leftOut(c.listeners()) + leftOut(c.waiting()) + leftOut(c.accepted())
                        + leftOut(c.senders()));
        json.writeEndObject();
    }

    private static int leftOut(List<?> all) {
        return Math.max(0, all.size() - MAX_PER_LIST);
    }

    private void rows(String field, List<SocketRow> rows) throws IOException {
        json.writeArrayFieldStart(field);
        for (SocketRow row : rows.subList(0, Math.min(MAX_PER_LIST, rows.size()))) {
            write(row, "");
        }
        json.writeEndArray();
    }

    /** Writes the client of each connection. A connection whose own end is not listed has nothing else. */
    private void connections(String field, List<Connection> connections) throws IOException {
        json.writeArrayFieldStart(field);
        for (Connection c : connections.subList(0, Math.min(MAX_PER_LIST, connections.size()))) {
            write(c.client());
        }
        json.writeEndArray();
    }

    private void write(OtherEnd end) throws IOException {
        if (end.kind() == OtherEnd.Kind.NONE) {
            json.writeNull();
        } else {
            write(end.row(), end.why());
        }
    }

    private void write(@Nullable SocketRow row, String why) throws IOException {
        json.writeStartObject();
        SocketIdentity identity = row == null ? null : row.identity();
        Integer place = identity == null ? null : places.get(identity);
        if (row != null) {
            json.writeStringField("socket", inWords(row));
            json.writeStringField("owners", SocketInWords.owners(row));
        }
        if (place != null) {
            json.writeNumberField("place", place);
        }
        json.writeStringField("why", why);
        json.writeEndObject();
    }

    /** Formats a socket as {@code tcp ESTAB 127.0.0.1:41009 <- 127.0.0.1:20001}. */
    static String inWords(SocketRow row) {
        return row.socket().netid() + " " + row.socket().state() + " " + SocketInWords.ends(row);
    }
}
