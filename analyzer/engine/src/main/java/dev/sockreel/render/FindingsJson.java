package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.dump.Fault;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Coverage;
import dev.sockreel.finding.DumpReport;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import java.io.IOException;
import java.util.Map;

/** Causes, findings, dumps and coverage as JSON: {@code {"causes":[…],"findings":[…],"dumps":[…],"coverage":{…},"unseen":[…]}}. */
public final class FindingsJson {
    private final JsonGenerator json;
    private final SocketJson sockets;

    public FindingsJson(JsonGenerator json) {
        this.json = json;
        this.sockets = new SocketJson(json);
    }

    public void write(Findings findings) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("causes");
        CauseJson causes = new CauseJson(json);
        for (Cause cause : findings.causes()) {
            causes.write(cause);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (Finding f : findings.findings()) {
            write(f);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("dumps");
        for (DumpReport dump : findings.dumps()) {
            write(dump);
        }
        json.writeEndArray();
        json.writeFieldName("coverage");
        write(findings.coverage());
        UnseenJson.write(json, findings.coverage().unseen());
        json.writeEndObject();
    }

    private void write(Finding f) throws IOException {
        json.writeStartObject();
        writeFields(f);
        json.writeEndObject();
    }

    /** Writes a finding as the fields of an object that is open. */
    public void writeFields(Finding f) throws IOException {
        json.writeStringField("id", f.id());
        json.writeStringField("cause", f.cause().isEmpty() ? null : f.cause());
        json.writeStringField("severity", f.severity().id());
        json.writeStringField("certainty", f.certainty().id());
        json.writeStringField("trend", f.trend());
        json.writeStringField("since", Rfc3339.of(f.since().realtimeNs()));
        json.writeStringField("until", Rfc3339.of(f.until().realtimeNs()));
        json.writeStringField("atLeastSince", Rfc3339.of(f.atLeastSince().realtimeNs()));
        json.writeNumberField("snapshots", f.snapshots());
        json.writeStringField("why", f.why());
        json.writeStringField("next", f.next());
        json.writeArrayFieldStart("evidence");
        for (Evidence e : f.evidence()) {
            write(e);
        }
        json.writeEndArray();
        json.writeFieldName("socket");
        sockets.writeLean(f.socket());
    }

    private void write(Evidence e) throws IOException {
        json.writeStartObject();
        json.writeNumberField("snapshot", e.snapshot());
        json.writeStringField("time", Rfc3339.of(e.time().realtimeNs()));
        for (Map.Entry<String, Object> field : e.fields().entrySet()) {
            json.writePOJOField(field.getKey(), field.getValue());
        }
        json.writeEndObject();
    }

    private void write(DumpReport dump) throws IOException {
        json.writeStartObject();
        json.writeNumberField("snapshot", dump.snapshot());
        json.writeStringField("family", dump.family());
        json.writeStringField("verdict", dump.verdict().id());
        json.writeArrayFieldStart("faults");
        for (Fault fault : dump.faults()) {
            json.writeStartObject();
            json.writeStringField("id", fault.kind().id());
            json.writeStringField("severity", fault.kind().severity().id());
            json.writeStringField("where", fault.where());
            json.writeStringField("why", fault.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("sockets", dump.sockets());
        json.writeEndObject();
    }

    private void write(Coverage coverage) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Coverage.Seen> family : coverage.families().entrySet()) {
            Coverage.Seen seen = family.getValue();
            json.writeObjectFieldStart(family.getKey());
            json.writeNumberField("snapshots", coverage.snapshots());
            json.writeNumberField("complete", seen.complete());
            json.writeNumberField("partial", seen.partial());
            json.writeNumberField("unavailable", seen.unavailable());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
