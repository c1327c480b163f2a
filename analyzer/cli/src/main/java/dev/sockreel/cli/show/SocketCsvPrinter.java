package dev.sockreel.cli.show;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.render.SocketCsv;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;

/** Writes one line for each socket. */
final class SocketCsvPrinter implements SocketPrinter {
    private final SocketCsv csv;

    SocketCsvPrinter(Stdout out) throws IOException {
        csv = new SocketCsv(out.stream(), out::check);
    }

    @Override
    public void row(SocketRow row) throws IOException {
        csv.line(row);
    }

    @Override
    public void end() throws IOException {
        csv.flush();
    }
}
