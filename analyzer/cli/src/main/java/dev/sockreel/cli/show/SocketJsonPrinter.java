package dev.sockreel.cli.show;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.render.SocketJson;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;

/** Writes one object for each socket, in one array (json) or one a line (ndjson). */
final class SocketJsonPrinter implements SocketPrinter {
    private static final int CHECK_EVERY_ROWS = 256;

    private final Stdout out;
    private final JsonGenerator json;
    private final SocketJson sockets;
    private final boolean array;
    private int rows;

    SocketJsonPrinter(Stdout out, boolean array) throws IOException {
        this.out = out;
        this.array = array;
        json = Json.generator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter(array ? ",\n" : "\n"));
        sockets = new SocketJson(json);
        if (array) {
            json.writeRaw("[\n");
        }
    }

    @Override
    public void row(SocketRow row) throws IOException {
        sockets.write(row);
        if (++rows % CHECK_EVERY_ROWS == 0) {
            json.flush();
            out.check();
        }
    }

    @Override
    public void end() throws IOException {
        json.writeRaw(array ? (rows > 0 ? "\n]\n" : "]\n") : rows > 0 ? "\n" : "");
        json.flush();
        out.check();
    }
}
