package dev.sockreel.cli.diff;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.diff.DiffSummary;
import dev.sockreel.diff.FieldChange;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.render.DiffJson;
import dev.sockreel.render.JsonRows;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.List;

/** Writes {@code {"from":…,"to":…,"appeared":[…],"gone":[…],"notObserved":[…],"changed":[…],"summary":…}}. */
final class DiffJsonPrinter implements DiffPrinter {
    private static final List<String> LISTS = List.of("appeared", "gone", "notObserved", "changed");
    private final Stdout out;
    private final JsonGenerator json;
    private final JsonRows rows;
    private final DiffJson diff;
    /** Index of the open list in {@link #LISTS}, -1 before the first. */
    private int list = -1;

    DiffJsonPrinter(DiffSides ends, Stdout out) throws IOException {
        this.out = out;
        json = Json.generator(out);
        rows = JsonRows.within(json, out::check);
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
        rows.begin();
    }

    private void finish(SocketRow row) throws IOException {
        diff.socket(row);
        rows.end();
    }

    @Override
    public void appeared(SocketRow row) throws IOException {
        begin(0);
        finish(row);
    }

    @Override
    public void gone(SocketRow row) throws IOException {
        begin(1);
        finish(row);
    }

    @Override
    public void notObserved(SocketRow row, boolean inFrom, NotObservedReason why) throws IOException {
        begin(2);
        diff.notObserved(inFrom, why);
        finish(row);
    }

    @Override
    public void changed(SocketRow from, SocketRow to, List<FieldChange> changes) throws IOException {
        begin(3);
        diff.changes(changes);
        finish(to);
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
        json.writeObjectFieldStart("leftOut");
        json.writeNumberField("appeared", s.leftOut().appeared());
        json.writeNumberField("gone", s.leftOut().gone());
        json.writeNumberField("notObserved", s.leftOut().notObserved());
        json.writeNumberField("changed", s.leftOut().changed());
        json.writeNumberField("unchanged", s.leftOut().unchanged());
        json.writeEndObject();
        json.writeObjectFieldStart("notCompared");
        json.writeNumberField("from", s.fromNameless());
        json.writeNumberField("to", s.toNameless());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        Json.end(json, out);
    }
}
