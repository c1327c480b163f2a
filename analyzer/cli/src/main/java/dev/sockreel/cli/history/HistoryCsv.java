package dev.sockreel.cli.history;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.field.Field;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.field.SocketFields;
import dev.sockreel.history.Counters;
import dev.sockreel.history.HistoryPoint.NotObserved;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.HistoryJson;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.StructField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes one line for each snapshot. Cells are empty for unknown values and where the socket is not listed. */
final class HistoryCsv implements HistoryPrinter {
    private static final List<Field<SocketRow>> FIELDS = SocketFields.named(
            "state", "inode", "peer", "recvQ", "recvQMeaning", "sendQ", "sendQMeaning", "unread", "waiting", "owners");

    private final List<Path> files;
    private final CsvLines csv;
    private final int columns;

    HistoryCsv(List<Path> files, Stdout out) throws IOException {
        this.files = files;
        List<String> names = new ArrayList<>(List.of("file", "snapshot", "time", "observation", "why"));
        names.addAll(SocketCells.names(FIELDS));
        Counters.GROWING.forEach(f -> names.add(f.name()));
        Counters.LEVELS.forEach(f -> names.add(f.name()));
        names.addAll(List.of("family", "verdict"));
        columns = names.size();
        csv = new CsvLines(out.writer(), out::check, names);
    }

    @Override
    public void snapshot(int part, HistoryPoint now, @Nullable SocketRow row) throws IOException {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(Terminal.printable(files.get(part).toString()));
        cells.add(now.last().snapshot());
        cells.add(Rfc3339.of(now.last().time().realtimeNs()));
        cells.add(HistoryJson.observation(now));
        cells.add(now instanceof NotObserved n ? Terminal.sentence(n.why().why()) : null);
        if (now instanceof Seen seen && row != null) {
            cells.addAll(SocketCells.of(row, FIELDS));
            counters(seen.reading().counters(), Counters.GROWING, cells);
            counters(seen.reading().counters(), Counters.LEVELS, cells);
        }
        if (now instanceof NotObserved n) {
            while (cells.size() < columns - 2) {
                cells.add(null);
            }
            cells.add(n.why().family());
            cells.add(n.why().verdict() == null ? null : n.why().verdict().id());
        }
        csv.line(cells);
        csv.flush();
    }

    private static void counters(Counters counters, List<StructField> fields, List<@Nullable Object> cells) {
        for (StructField field : fields) {
            OptionalLong value = counters.of(field);
            cells.add(value.isPresent() ? value.getAsLong() : null);
        }
    }

    @Override
    public void end(SocketHistory history) throws IOException {
        csv.flush();
    }
}
