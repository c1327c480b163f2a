package dev.sockreel.cli;

import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;

/** Prints sockets in one format. */
interface SocketPrinter {
    void row(SocketRow row) throws IOException;

    /** After the last row. */
    void end() throws IOException;

    static SocketPrinter of(Format format, Stdout out, boolean snapshots) throws IOException {
        return switch (format) {
            case TEXT -> new SocketText(out, snapshots);
            case JSON -> new SocketJsonPrinter(out, true);
            case NDJSON -> new SocketJsonPrinter(out, false);
            case CSV -> new SocketCsv(out);
        };
    }
}
