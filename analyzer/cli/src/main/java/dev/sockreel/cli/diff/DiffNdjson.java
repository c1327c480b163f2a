package dev.sockreel.cli.diff;

import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.diff.DiffSummary;
import dev.sockreel.diff.FieldChange;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.render.DiffJson;
import dev.sockreel.render.JsonRows;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.List;

/** Writes one object a line for each difference; {@code change} names its kind. */
final class DiffNdjson implements DiffPrinter {
    private final JsonRows rows;
    private final DiffJson diff;

    DiffNdjson(Stdout out) throws IOException {
        rows = Json.rows(out, JsonRows.Form.LINES);
        diff = new DiffJson(rows.json());
    }

    private void begin(String change) throws IOException {
        rows.begin();
        rows.json().writeStringField("change", change);
    }

    private void finish(SocketRow row) throws IOException {
        diff.socket(row);
        rows.end();
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
        diff.notObserved(inFrom, why);
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
        rows.finish();
    }
}
