package dev.sockreel.cli.show;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;

/** Writes one line for each socket. */
final class SocketCsv implements SocketPrinter {
    private static final int CHECK_EVERY_ROWS = 256;

    private final Stdout out;
    private final CsvLines csv;
    private int rows;

    SocketCsv(Stdout out) throws IOException {
        this.out = out;
        csv = new CsvLines(out.writer());
        csv.line(SocketCells.COLUMNS);
    }

    @Override
    public void row(SocketRow row) throws IOException {
        csv.line(SocketCells.of(row));
        if (++rows % CHECK_EVERY_ROWS == 0) {
            out.check();
        }
    }

    @Override
    public void end() throws IOException {
        csv.flush();
        out.check();
    }
}
