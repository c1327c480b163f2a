package dev.sockreel.cli.history;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.render.HistoryJson;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one object for each snapshot, in one array (json) or one a line (ndjson). */
final class HistoryJsonPrinter implements HistoryPrinter {
    private final List<Path> files;
    private final Stdout out;
    private final JsonGenerator json;
    private final HistoryJson points;
    private final boolean array;
    private int snapshots;

    HistoryJsonPrinter(List<Path> files, Stdout out, boolean array) throws IOException {
        this.files = files;
        this.out = out;
        this.array = array;
        json = Json.generator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter(array ? ",\n" : "\n"));
        points = new HistoryJson(json);
        json.writeRaw(array ? "[\n" : "");
    }

    @Override
    public void snapshot(int part, HistoryPoint now, @Nullable SocketRow row) throws IOException {
        json.writeStartObject();
        if (files.size() > 1) {
            json.writeStringField("file", files.get(part).toString());
        }
        points.writeFields(now, row);
        json.writeEndObject();
        snapshots++;
        json.flush();
        out.check();
    }

    @Override
    public void end(SocketHistory history) throws IOException {
        json.writeRaw(array ? "\n]\n" : snapshots > 0 ? "\n" : "");
        json.flush();
        out.check();
    }
}
