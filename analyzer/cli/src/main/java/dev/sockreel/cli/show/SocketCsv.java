package dev.sockreel.cli.show;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;

/** Writes one line for each socket. */
final class SocketCsv implements SocketPrinter {
    private final CsvLines csv;

    SocketCsv(Stdout out) throws IOException {
        csv = new CsvLines(out.writer(), out::check, SocketCells.COLUMNS);
    }

    @Override
    public void row(SocketRow row) throws IOException {
        csv.line(SocketCells.of(row));
    }

    @Override
    public void end() throws IOException {
        csv.flush();
    }
}
