package dev.sockreel.cli.damage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.render.JsonRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one array with an object for each file. */
final class VerifyJson implements VerifyPrinter {
    private final Stdout out;
    private final JsonRows files;
    private final List<String> recovered = new ArrayList<>();

    VerifyJson(Stdout out) throws IOException {
        this.out = out;
        files = Json.rows(out, JsonRows.Form.ARRAY);
    }

    @Override
    public void begin(Path file) throws IOException {
        recovered.clear();
        files.begin();
        files.json().writeStringField("file", file.toString());
        files.json().writeArrayFieldStart("faults");
    }

    @Override
    public void fault(Path file, VerifyFault f) throws IOException {
        files.json().writeStartObject();
        writeFields(files.json(), f);
        files.json().writeEndObject();
    }

    @Override
    public void recovered(Path file, String sentence) {
        recovered.add(sentence);
    }

    @Override
    public void end(Path file, VerifyResult r) throws IOException {
        JsonGenerator json = files.json();
        json.writeEndArray();
        json.writeArrayFieldStart("recovered");
        for (String sentence : recovered) {
            json.writeString(sentence);
        }
        json.writeEndArray();
        json.writeBooleanField("whole", r.isWhole());
        json.writeNumberField("snapshots", r.snapshots());
        json.writeNumberField("dumps", r.dumps());
        json.writeNumberField("unavailable", r.unavailable());
        json.writeNumberField("tables", r.tables());
        files.end();
    }

    @Override
    public void finish() throws IOException {
        files.finish();
        out.check();
    }

    /** Writes a fault as the fields of an object that is open. */
    static void writeFields(JsonGenerator json, VerifyFault f) throws IOException {
        json.writeStringField("id", f.id());
        number(json, "snapshot", f.snapshot());
        json.writeStringField("family", f.family());
        number(json, "dump", f.dump());
        json.writeStringField("table", f.table());
        json.writeStringField("where", f.where());
        json.writeStringField("why", f.why());
    }

    private static void number(JsonGenerator json, String field, @Nullable Integer value) throws IOException {
        if (value == null) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, value);
        }
    }
}
