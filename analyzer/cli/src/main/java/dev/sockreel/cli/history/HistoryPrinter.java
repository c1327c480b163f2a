package dev.sockreel.cli.history;

import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.render.JsonRows;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints the history of one socket in one format. */
interface HistoryPrinter {
    /**
     * Called for each snapshot.
     *
     * @param part number of its capture
     * @param now  what it says; its last moment is this snapshot's
     * @param row  as it lists the socket; null where it does not
     */
    void snapshot(int part, HistoryPoint now, @Nullable SocketRow row) throws IOException;

    /** After the last snapshot. */
    void end(SocketHistory history) throws IOException;

    static HistoryPrinter of(Format format, List<Path> files, Stdout out) throws IOException {
        return switch (format) {
            case TEXT -> new HistoryText(files, out);
            case JSON -> new HistoryJsonPrinter(files, out, JsonRows.Form.ARRAY);
            case NDJSON -> new HistoryJsonPrinter(files, out, JsonRows.Form.LINES);
            case CSV -> new HistoryCsv(files, out);
        };
    }
}
