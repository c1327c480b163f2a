package dev.sockreel.cli.diff;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.diff.DiffSummary;
import dev.sockreel.diff.FieldChange;
import dev.sockreel.field.Field;
import dev.sockreel.field.SocketFields;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.DiffJson;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one line for each socket that appeared, is gone or was not observed, and one for each changed field. */
final class DiffCsv implements DiffPrinter {
    private static final List<Field<SocketRow>> FIELDS =
            SocketFields.named("netid", "state", "local", "peer", "inode", "cookie", "owners");

    private final CsvLines csv;

    DiffCsv(Stdout out) throws IOException {
        List<String> columns = new ArrayList<>(List.of("change"));
        columns.addAll(SocketCells.names(FIELDS));
        columns.addAll(List.of("field", "from", "to", "why", "in", "family", "verdict"));
        csv = new CsvLines(out.writer(), out::check, columns);
    }

    private void line(String change, SocketRow row, @Nullable FieldChange field) throws IOException {
        csv.line(cells(change, row, field));
    }

    private static List<@Nullable Object> cells(String change, SocketRow row, @Nullable FieldChange field)
            throws IOException {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(change);
        cells.addAll(SocketCells.of(row, FIELDS));
        cells.add(field == null ? null : field.field());
        cells.add(field == null ? null : DiffJson.cell(field.from()));
        cells.add(field == null ? null : DiffJson.cell(field.to()));
        return cells;
    }

    @Override
    public void appeared(SocketRow row) throws IOException {
        line("appeared", row, null);
    }

    @Override
    public void gone(SocketRow row) throws IOException {
        line("gone", row, null);
    }

    @Override
    public void notObserved(SocketRow row, boolean inFrom, NotObservedReason why) throws IOException {
        List<@Nullable Object> cells = cells("notObserved", row, null);
        cells.add(Terminal.sentence(why.why()));
        cells.add(inFrom ? "from" : "to");
        cells.add(why.family());
        cells.add(why.verdict() == null ? null : why.verdict().id());
        csv.line(cells);
    }

    @Override
    public void changed(SocketRow from, SocketRow to, List<FieldChange> changes) throws IOException {
        for (FieldChange change : changes) {
            line("changed", to, change);
        }
    }

    @Override
    public void end(DiffSummary summary) throws IOException {
        csv.flush();
    }
}
