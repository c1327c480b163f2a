package dev.sockreel.cli.diff;

import dev.sockreel.address.AddressText;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.diff.DiffSummary;
import dev.sockreel.diff.FieldChange;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one line for each socket that appeared, is gone or was not observed, and one for each changed field. */
final class DiffCsv implements DiffPrinter {
    private static final int CHECK_EVERY_ROWS = 256;

    private final Stdout out;
    private final CsvLines csv;
    private int rows;

    DiffCsv(Stdout out) throws IOException {
        this.out = out;
        csv = new CsvLines(out.writer());
        csv.line(
                "change", "netid", "state", "local", "peer", "inode", "cookie", "owners", "field", "from", "to", "why");
    }

    private void line(
            String change, SocketRow row, @Nullable String field, @Nullable Object from, @Nullable Object to,
            @Nullable String why)
            throws IOException {
        Socket s = row.socket();
        csv.line(
                change, s.netid(), s.state(), AddressText.orNull(s.local()), AddressText.orNull(row.peer()),
                SocketCells.number(s.inode(), Socket.UNKNOWN), SocketCells.cookie(s),
                SocketCells.owners(row.owners()), field, text(from),
                text(to), why);
        if (++rows % CHECK_EVERY_ROWS == 0) {
            out.check();
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    @Override
    public void appeared(SocketRow row) throws IOException {
        line("appeared", row, null, null, null, null);
    }

    @Override
    public void gone(SocketRow row) throws IOException {
        line("gone", row, null, null, null, null);
    }

    @Override
    public void notObserved(SocketRow row, boolean inFrom, NotObservedReason why) throws IOException {
        line("notObserved", row, null, null, null, (inFrom ? "from: " : "to: ") + Terminal.printable(why.why()));
    }

    @Override
    public void changed(SocketRow from, SocketRow to, List<FieldChange> changes) throws IOException {
        for (FieldChange c : changes) {
            line("changed", to, c.field(), c.from(), c.to(), null);
        }
    }

    @Override
    public void end(DiffSummary summary) throws IOException {
        csv.flush();
        out.check();
    }
}
