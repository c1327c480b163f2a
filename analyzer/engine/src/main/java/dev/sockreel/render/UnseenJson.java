package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.unseen.Unseen;
import dev.sockreel.unseen.UnseenRun;
import java.io.IOException;
import java.util.List;

/** The gaps of a capture, as the array {@code unseen} of an open object. */
public final class UnseenJson {
    public static void write(JsonGenerator json, List<UnseenRun.Total> all) throws IOException {
        json.writeArrayFieldStart("unseen");
        for (UnseenRun.Total total : all) {
            Unseen u = total.last();
            json.writeStartObject();
            json.writeStringField("id", u.id());
            json.writeArrayFieldStart("families");
            for (String family : u.families()) {
                json.writeString(family);
            }
            json.writeEndArray();
            if (u.sockets() == Unseen.NOT_KNOWN) {
                json.writeNullField("sockets");
            } else {
                json.writeNumberField("sockets", u.sockets());
            }
            json.writeNumberField("snapshots", total.snapshots());
            json.writeBooleanField("weakensFindings", u.weakens());
            json.writeStringField("sentence", u.sentence());
            json.writeStringField("remedy", u.remedy().isEmpty() ? null : u.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private UnseenJson() {}
}
