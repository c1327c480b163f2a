package dev.sockreel.export;

import dev.sockreel.dump.Dump;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.render.SocketCsv;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import java.io.IOException;
import java.io.OutputStream;

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
        SocketCsv csv = new SocketCsv(out, out);
        csv.flush();
        return (snapshot, here) -> write(snapshot, here, csv);
    }

    private static ExportCount write(Snapshot snapshot, NamespaceChoice.Here here, SocketCsv csv)
            throws IOException {
        long before = csv.lines();
        new SnapshotSockets(snapshot).forEach(row -> {
            if (here.takes(row)) {
                csv.line(row);
            }
        });
        csv.flush();
        return ExportCount.all(csv.lines() - before);
    }
}
