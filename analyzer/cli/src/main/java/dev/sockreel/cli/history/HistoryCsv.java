package dev.sockreel.cli.history;

import dev.sockreel.address.AddressText;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.history.Counters;
import dev.sockreel.history.HistoryPoint.NotObserved;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.Reading;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.HistoryJson;
import dev.sockreel.render.Rfc3339;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.StructField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes one line for each snapshot. Cells are empty for unknown values and where the socket is not listed. */
final class HistoryCsv implements HistoryPrinter {
    private static final List<String> COLUMNS = List.of(
            "file", "snapshot", "time", "observation", "why", "state", "inode", "peer", "recvQ", "recvQMeaning",
            "sendQ",
            "sendQMeaning", "unread", "waiting", "owners");

    private final List<Path> files;
    private final Stdout out;
    private final CsvLines csv;
    private final int columns;

    HistoryCsv(List<Path> files, Stdout out) throws IOException {
        this.files = files;
        this.out = out;
        csv = new CsvLines(out.writer());
        List<String> header = new ArrayList<>(COLUMNS);
        Counters.GROWING.forEach(f -> header.add(f.name()));
        Counters.LEVELS.forEach(f -> header.add(f.name()));
        columns = header.size();
        csv.line(header);
    }

    @Override
    public void snapshot(int part, HistoryPoint now, @Nullable SocketRow row) throws IOException {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(Terminal.printable(files.get(part).toString()));
        cells.add(now.last().snapshot());
        cells.add(Rfc3339.of(now.last().time().realtimeNs()));
        cells.add(HistoryJson.observation(now));
        cells.add(now instanceof NotObserved n ? Terminal.printable(n.why().why()) : null);
        if (now instanceof Seen seen) {
            reading(seen.reading(), cells);
        }
        while (cells.size() < columns) {
            cells.add(null);
        }
        csv.line(cells);
        out.check();
    }

    private static void reading(Reading r, List<@Nullable Object> cells) {
        cells.add(r.state());
        cells.add(SocketCells.number(r.inode(), Socket.UNKNOWN));
        cells.add(AddressText.orNull(r.peer()));
        cells.add(SocketCells.number(r.recvQ().kernelNumber(), -1));
        cells.add(r.recvQ().meaning().id());
        cells.add(SocketCells.number(r.sendQ().kernelNumber(), -1));
        cells.add(r.sendQ().meaning().id());
        cells.add(SocketCells.number(r.unread(), Socket.UNKNOWN));
        cells.add(r.waiting());
        cells.add(SocketCells.owners(r.owners()));
        counters(r, Counters.GROWING, cells);
        counters(r, Counters.LEVELS, cells);
    }

    private static void counters(Reading r, List<StructField> fields, List<@Nullable Object> cells) {
        for (StructField field : fields) {
            OptionalLong value = r.counters().of(field);
            cells.add(value.isPresent() ? value.getAsLong() : null);
        }
    }

    @Override
    public void end(SocketHistory history) throws IOException {
        csv.flush();
        out.check();
    }
}
