package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.field.FieldValue;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Victim;
import java.io.IOException;
import java.util.Map;

/** Causes as JSON. */
final class CauseJson {
    private final JsonGenerator json;
    private final JsonValues values;

    CauseJson(JsonGenerator json) {
        this.json = json;
        this.values = new JsonValues(json);
    }

    void write(Cause c) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", c.id());
        json.writeStringField("severity", c.severity().id());
        json.writeStringField("certainty", c.certainty().id());
        json.writeStringField("what", c.what().id());
        json.writeFieldName("processes");
        new FieldValue.Owners<Cause>(Cause::processes).write(c, values);
        if (c.netns() == 0) {
            json.writeNullField("netns");
        } else {
            json.writeNumberField("netns", c.netns());
        }
        json.writeStringField("netnsName", c.netnsName());
        json.writeStringField("at", c.at());
        json.writeArrayFieldStart("remote");
        for (Map.Entry<String, Integer> remote : c.remote().entrySet()) {
            json.writeStartObject();
            json.writeStringField("address", remote.getKey());
            json.writeNumberField("sockets", remote.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("sockets", c.sockets());
        if (c.bytes() == Cause.UNKNOWN_BYTES) {
            json.writeNullField("bytes");
        } else {
            json.writeNumberField("bytes", c.bytes());
        }
        json.writeStringField("since", Rfc3339.of(c.since().realtimeNs()));
        json.writeStringField("until", Rfc3339.of(c.until().realtimeNs()));
        json.writeStringField("atLeastSince", Rfc3339.of(c.atLeastSince().realtimeNs()));
        json.writeFieldName("over");
        if (c.over() == null) {
            json.writeNull();
        } else {
            json.writeBoolean(c.over());
        }
        if (c.cpuMs() == Cause.UNKNOWN) {
            json.writeNullField("cpuMs");
        } else {
            json.writeNumberField("cpuMs", c.cpuMs());
        }
        json.writeStringField("waitsFor", c.waitsFor());
        victims(c);
        json.writeFieldName("findings");
        json.writeStartArray();
        for (int index : c.findings()) {
            json.writeNumber(index);
        }
        json.writeEndArray();
        json.writeStringField("sentence", c.sentence());
        json.writeStringField("next", c.next());
        json.writeEndObject();
    }

    private void victims(Cause c) throws IOException {
        json.writeArrayFieldStart("victims");
        for (Victim v : c.victims()) {
            json.writeStartObject();
            json.writeNumberField("pid", v.pid());
            json.writeStringField("comm", v.comm());
            if (v.netns() == 0) {
                json.writeNullField("netns");
            } else {
                json.writeNumberField("netns", v.netns());
            }
            json.writeNumberField("sockets", v.sockets());
            json.writeFieldName("blocked");
            if (v.blocked() == null) {
                json.writeNull();
            } else {
                json.writeBoolean(v.blocked());
            }
            json.writeStringField("certainty", v.certainty().id());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
