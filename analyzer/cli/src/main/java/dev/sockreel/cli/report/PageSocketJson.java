package dev.sockreel.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.finding.Finding;
import dev.sockreel.render.SocketJson;
import dev.sockreel.report.ReportSocket;
import dev.sockreel.report.Stretch;
import dev.sockreel.snapshot.SocketIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Writes one socket of the page's data: the fields of {@code show --format json}, its findings, history and other ends.
 * Times are milliseconds since {@code start}.
 */
final class PageSocketJson {
    private final JsonGenerator json;
    private final ReceiveTime start;
    private final PageConversationJson conversations;

    /** @param places socket identity → index of the socket in the page's data */
    PageSocketJson(JsonGenerator json, ReceiveTime start, Map<SocketIdentity, Integer> places) {
        this.json = json;
        this.start = start;
        this.conversations = new PageConversationJson(json, places);
    }

    void write(ReportSocket socket, boolean withAttributes, List<Finding> findings) throws IOException {
        TruncatedRow row = new TruncatedRow(socket.row(), withAttributes);
        json.writeStartObject();
        new SocketJson(json).writeFields(row);
        json.writeNumberField("ownersLeftOut", row.ownersLeftOut());
        json.writeArrayFieldStart("findings");
        for (Finding f : findings) {
            write(f);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("history");
        for (Stretch stretch : socket.history()) {
            write(stretch);
        }
        json.writeEndArray();
        if (socket.talk() != null) {
            json.writeFieldName("talk");
            conversations.write(socket.talk());
        }
        json.writeEndObject();
    }

    private void write(Finding f) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", f.id());
        json.writeStringField("cause", f.cause());
        json.writeStringField("severity", f.severity().id());
        json.writeStringField("certainty", f.certainty().id());
        json.writeStringField("why", f.why());
        json.writeStringField("next", f.next());
        json.writeFieldName("since");
        time(f.since());
        json.writeFieldName("until");
        time(f.until());
        json.writeEndObject();
    }

    /** Writes an array instead of an object, to save space; the constants at the top of page.js name its elements. */
    private void write(Stretch s) throws IOException {
        json.writeStartArray();
        json.writeNumber(s.first());
        json.writeNumber(s.last());
        json.writeNumber(s.listed());
        time(s.from());
        time(s.to());
        for (long number : new long[] {
            s.recvQLow(), s.recvQHigh(), s.sendQLow(), s.sendQHigh(), s.received(), s.readPosition(), s.inode()
        }) {
            if (number == Stretch.NONE) {
                json.writeNull();
            } else {
                json.writeNumber(number);
            }
        }
        json.writeString(s.state());
        if (s.why() != null) {
            json.writeString(s.why());
        }
        json.writeEndArray();
    }

    private void time(ReceiveTime time) throws IOException {
        if (time.isKnown() && start.isKnown()) {
            json.writeNumber(Math.round((time.realtimeNs() - start.realtimeNs()) / 1e6));
        } else {
            json.writeNull();
        }
    }
}
