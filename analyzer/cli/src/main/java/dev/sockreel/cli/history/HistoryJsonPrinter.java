package dev.sockreel.cli.history;

import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.render.HistoryJson;
import dev.sockreel.render.JsonRows;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one object for each snapshot, in one array (json) or one a line (ndjson). */
final class HistoryJsonPrinter implements HistoryPrinter {
    private final List<Path> files;
    private final JsonRows rows;
    private final HistoryJson points;

    HistoryJsonPrinter(List<Path> files, Stdout out, JsonRows.Form form) throws IOException {
        this.files = files;
        rows = Json.rows(out, form);
        points = new HistoryJson(rows.json());
    }

    @Override
    public void snapshot(int part, HistoryPoint now, @Nullable SocketRow row) throws IOException {
        rows.begin();
        if (files.size() > 1) {
            rows.json().writeStringField("file", files.get(part).toString());
        }
        points.writeFields(now, row);
        rows.end();
        rows.flush();
    }

    @Override
    public void end(SocketHistory history) throws IOException {
        rows.finish();
    }
}
