package dev.sockreel.cli.diff;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.diff.DiffSummary;
import dev.sockreel.diff.FieldChange;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.render.DiffJson;
import dev.sockreel.render.Rfc3339;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.List;

/** Writes {@code {"from":…,"to":…,"appeared":[…],"gone":[…],"notObserved":[…],"changed":[…],"summary":…}}. */
final class DiffJsonPrinter implements DiffPrinter {
    private static final List<String> LISTS = List.of("appeared", "gone", "notObserved", "changed");
    private static final int CHECK_EVERY_ROWS = 256;

    private final Stdout out;
    private final JsonGenerator json;
    private final DiffJson diff;
    /** Index of the open list in {@link #LISTS}, -1 before the first. */
    private int list = -1;
    private int rows;

    DiffJsonPrinter(DiffSides ends, Stdout out) throws IOException {
        this.out = out;
        json = Json.generator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        diff = new DiffJson(json);
        json.writeStartObject();
        end("from", ends.from());
        end("to", ends.to());
    }

    private void end(String field, DiffSide end) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("file", end.file().toString());
        json.writeNumberField("snapshot", end.snapshot());
        json.writeStringField("time", Rfc3339.of(end.time().realtimeNs()));
        json.writeEndObject();
    }

    /** Opens a list, and closes those before it, including empty ones. */
    private void open(int wanted) throws IOException {
        while (list < wanted) {
            if (list >= 0) {
                json.writeRaw("\n");
                json.writeEndArray();
            }
            json.writeArrayFieldStart(LISTS.get(++list));
        }
    }

    private void begin(int wanted) throws IOException {
        open(wanted);
        if (++rows % CHECK_EVERY_ROWS == 0) {
            json.flush();
            out.check();
        }
        json.writeStartObject();
    }

    @Override
    public void appeared(SocketRow row) throws IOException {
        begin(0);
        diff.socket(row);
        json.writeEndObject();
    }

    @Override
    public void gone(SocketRow row) throws IOException {
        begin(1);
        diff.socket(row);
        json.writeEndObject();
    }

    @Override
    public void notObserved(SocketRow row, boolean inFrom, NotObservedReason why) throws IOException {
        begin(2);
        diff.hindrance(inFrom, why);
        diff.socket(row);
        json.writeEndObject();
    }

    @Override
    public void changed(SocketRow from, SocketRow to, List<FieldChange> changes) throws IOException {
        begin(3);
        diff.changes(changes);
        diff.socket(to);
        json.writeEndObject();
    }

    @Override
    public void end(DiffSummary s) throws IOException {
        open(LISTS.size() - 1);
        json.writeEndArray();
        json.writeObjectFieldStart("summary");
        json.writeNumberField("appeared", s.appeared());
        json.writeNumberField("gone", s.gone());
        json.writeNumberField("notObserved", s.notObserved());
        json.writeNumberField("changed", s.changed());
        json.writeNumberField("unchanged", s.unchanged());
        json.writeNumberField("fromProc", s.fromProc());
        json.writeObjectFieldStart("notCompared");
        json.writeNumberField("from", s.fromNameless());
        json.writeNumberField("to", s.toNameless());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
        out.check();
    }
}
