package dev.sockreel.cli.show;

import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.render.JsonRows;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;

/** Prints sockets in one format. */
public interface SocketPrinter {
    void row(SocketRow row) throws IOException;

    /** Called before the rows of a snapshot with the number of network namespaces that they may be of. */
    default void namespaces(int number) throws IOException {}

    /** Called after the last row. */
    void end() throws IOException;

    static SocketPrinter of(Format format, Stdout out, boolean snapshots) throws IOException {
        return switch (format) {
            case TEXT -> new SocketTable(out, snapshots);
            case JSON -> new SocketJsonPrinter(out, JsonRows.Form.ARRAY);
            case NDJSON -> new SocketJsonPrinter(out, JsonRows.Form.LINES);
            case CSV -> new SocketCsvPrinter(out);
        };
    }
}
