package dev.sockreel.cli.diff;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.diff.DiffSummary;
import dev.sockreel.diff.FieldChange;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.render.DiffJson;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.List;

/** Writes one object a line for each difference; {@code change} names its kind. */
final class DiffNdjson implements DiffPrinter {
    private static final int CHECK_EVERY_ROWS = 256;

    private final Stdout out;
    private final JsonGenerator json;
    private final DiffJson diff;
    private int rows;

    DiffNdjson(Stdout out) throws IOException {
        this.out = out;
        json = Json.generator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        diff = new DiffJson(json);
    }

    private void begin(String change) throws IOException {
        json.writeStartObject();
        json.writeStringField("change", change);
    }

    private void finish(SocketRow row) throws IOException {
        diff.socket(row);
        json.writeEndObject();
        if (++rows % CHECK_EVERY_ROWS == 0) {
            json.flush();
            out.check();
        }
    }

    @Override
    public void appeared(SocketRow row) throws IOException {
        begin("appeared");
        finish(row);
    }

    @Override
    public void gone(SocketRow row) throws IOException {
        begin("gone");
        finish(row);
    }

    @Override
    public void notObserved(SocketRow row, boolean inFrom, NotObservedReason why) throws IOException {
        begin("notObserved");
        diff.hindrance(inFrom, why);
        finish(row);
    }

    @Override
    public void changed(SocketRow from, SocketRow to, List<FieldChange> changes) throws IOException {
        begin("changed");
        diff.changes(changes);
        finish(to);
    }

    @Override
    public void end(DiffSummary summary) throws IOException {
        json.writeRaw(rows > 0 ? "\n" : "");
        json.flush();
        out.check();
    }
}
