package dev.sockreel.cli.probe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.recorder.probe.Probe;
import dev.sockreel.recorder.probe.ProbeText;
import dev.sockreel.render.CsvLines;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Prints what can be captured in one format. */
public interface ProbePrinter {
    void print(Probe probe) throws IOException;

    static ProbePrinter of(Format format, Stdout out) {
        return switch (format) {
            case TEXT -> probe -> {
                out.writer().print(ProbeText.of(probe));
                out.check();
            };
            case JSON -> probe -> Json.document(out, true, json -> write(probe, json));
            case NDJSON -> probe -> Json.document(out, false, json -> write(probe, json));
            case CSV -> probe -> csv(probe, out);
        };
    }

    private static void write(Probe probe, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kernel", probe.kernel());
        json.writeNumberField("effectiveUid", probe.effectiveUid());
        json.writeNumberField("capabilitiesEffective", probe.capabilities());
        json.writeArrayFieldStart("handlers");
        for (Probe.Handler h : probe.handlers()) {
            json.writeStartObject();
            json.writeStringField("family", h.family());
            json.writeStringField("state", state(h));
            json.writeStringField("evidence", h.evidence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("privileges");
        for (Probe.Privilege p : probe.privileges()) {
            json.writeStartObject();
            json.writeStringField("name", p.name());
            json.writeBooleanField("held", p.held());
            json.writeStringField("changes", p.changes());
            json.writeEndObject();
        }
        json.writeEndArray();
        namespaces(probe, json);
        json.writeArrayFieldStart("unseen");
        for (String sentence : probe.unseen()) {
            json.writeString(sentence);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void namespaces(Probe probe, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("namespaces");
        for (Probe.Namespace n : probe.namespaces()) {
            json.writeStartObject();
            json.writeStringField("name", n.own() ? null : n.name());
            if (n.inode() == 0) {
                json.writeNullField("inode");
            } else {
                json.writeNumberField("inode", n.inode());
            }
            json.writeBooleanField("own", n.own());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A line a family. */
    private static void csv(Probe probe, Stdout out) throws IOException {
        CsvLines csv = new CsvLines(out.writer(), out::check, List.of("family", "state", "evidence"));
        for (Probe.Handler h : probe.handlers()) {
            csv.line(h.family(), state(h), Terminal.sentence(h.evidence()));
        }
        csv.flush();
    }

    private static String state(Probe.Handler handler) {
        return handler.state().name().toLowerCase(Locale.ROOT);
    }
}
