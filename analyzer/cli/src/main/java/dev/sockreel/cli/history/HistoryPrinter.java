package dev.sockreel.cli.history;

import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.render.JsonRows;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints the history of a socket in one format. */
interface HistoryPrinter {
    /**
     * Called for each snapshot.
     *
     * @param part position of its capture in the series, from 0
     * @param now  the history point that ends at this snapshot
     * @param row  the socket in this snapshot; null if it is not listed
     */
    void snapshot(int part, HistoryPoint now, @Nullable SocketRow row) throws IOException;

    /** Called after the last snapshot. */
    void end(SocketHistory history) throws IOException;

    static HistoryPrinter of(Format format, List<Path> files, ShownTimes times, Stdout out)
            throws IOException {
        return switch (format) {
            case TEXT -> new HistoryText(files, times, out);
            case JSON -> new HistoryJsonPrinter(files, out, JsonRows.Form.ARRAY);
            case NDJSON -> new HistoryJsonPrinter(files, out, JsonRows.Form.LINES);
            case CSV -> new HistoryCsv(files, out);
        };
    }
}
