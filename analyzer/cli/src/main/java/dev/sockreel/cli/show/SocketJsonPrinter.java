package dev.sockreel.cli.show;

import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.render.JsonRows;
import dev.sockreel.render.SocketJson;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;

/** Writes one object for each socket, in one array (json) or one a line (ndjson). */
final class SocketJsonPrinter implements SocketPrinter {
    private final JsonRows rows;
    private final SocketJson sockets;

    SocketJsonPrinter(Stdout out, JsonRows.Form form) throws IOException {
        rows = Json.rows(out, form);
        sockets = new SocketJson(rows.json());
    }

    @Override
    public void row(SocketRow row) throws IOException {
        rows.begin();
        sockets.writeFields(row);
        rows.end();
    }

    @Override
    public void end() throws IOException {
        rows.finish();
    }
}
