package dev.sockreel.export;

import dev.sockreel.dump.Dump;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.render.JsonRows;
import dev.sockreel.render.SocketJson;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import java.io.IOException;
import java.io.OutputStream;

/** One JSON object a socket and line. */
final class NdjsonExport implements Exporter {
    @Override
    public String format() {
        return "ndjson";
    }

    @Override
    public boolean holds(Dump dump) {
        return true;
    }

    @Override
    public Export to(OutputStream out) throws IOException {
        JsonRows rows = JsonRows.to(out, JsonRows.Form.LINES, out);
        SocketJson sockets = new SocketJson(rows.json());
        return (snapshot, here) -> write(snapshot, here, rows, sockets);
    }

    private static ExportCount write(
            Snapshot snapshot, NamespaceChoice.Here here, JsonRows rows, SocketJson sockets) throws IOException {
        long before = rows.rows();
        new SnapshotSockets(snapshot).forEach(row -> {
            if (here.takes(row)) {
                rows.begin();
                sockets.writeFields(row);
                rows.end();
            }
        });
        rows.flush();
        return ExportCount.all(rows.rows() - before);
    }
}
