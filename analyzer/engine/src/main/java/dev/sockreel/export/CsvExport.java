package dev.sockreel.export;

import dev.sockreel.dump.Dump;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** One line a socket, with the columns that {@code show --format csv} has. */
final class CsvExport implements Exporter {
    @Override
    public String format() {
        return "csv";
    }

    @Override
    public boolean holds(Dump dump) {
        return true;
    }

    @Override
    public Export to(OutputStream out) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        CsvLines csv = new CsvLines(text, text, SocketCells.COLUMNS);
        csv.flush();
        return (snapshot, here) -> write(snapshot, here, csv);
    }

    private static ExportCount write(Snapshot snapshot, NamespaceChoice.Here here, CsvLines csv)
            throws IOException {
        long before = csv.lines();
        new SnapshotSockets(snapshot).forEach(row -> {
            if (here.takes(row)) {
                csv.line(SocketCells.of(row));
            }
        });
        csv.flush();
        return ExportCount.all(csv.lines() - before);
    }
}
