package dev.sockreel.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.sockreel.dump.Dump;
import dev.sockreel.render.SocketJson;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** One JSON object a socket and line. */
final class NdjsonExport implements Exporter {
    private static final JsonFactory FACTORY = new JsonFactory();

    @Override
    public String format() {
        return "ndjson";
    }

    @Override
    public boolean holds(Dump dump) {
        return true;
    }

    @Override
    public Export to(OutputStream out) {
        return snapshot -> write(snapshot, out);
    }

    private static long write(Snapshot snapshot, OutputStream out) throws IOException {
        long[] sockets = new long[1];
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            SocketJson writer = new SocketJson(json);
            new SnapshotSockets(snapshot).forEach(row -> {
                try {
                    writer.write(row);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                sockets[0]++;
            });
            if (sockets[0] > 0) {
                json.writeRaw('\n');
            }
        }
        return sockets[0];
    }
}
