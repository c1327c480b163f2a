package dev.sockreel.cli;

import dev.sockreel.export.Rfc3339;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** One line a socket; empty for what is not known, with the reason in the last column. */
final class SocketCsv implements SocketPrinter {
    private static final int CHECK_EVERY_ROWS = 256;

    static final List<String> COLUMNS = List.of(
            "snapshot", "time", "netns", "netid", "state", "local", "peer", "inode", "cookie", "uid", "recvQ",
            "recvQMeaning", "sendQ", "sendQMeaning", "unread", "waiting", "eofUnread", "owners", "source", "unknown");

    private final Stdout out;
    private final CSVPrinter csv;
    private int rows;

    SocketCsv(Stdout out) throws IOException {
        this.out = out;
        csv = new CSVPrinter(out.writer(), CSVFormat.RFC4180);
        csv.printRecord(COLUMNS);
    }

    @Override
    public void row(SocketRow row) throws IOException {
        csv.printRecord(cells(row));
        if (++rows % CHECK_EVERY_ROWS == 0) {
            out.check();
        }
    }

    /** One for each of {@link #COLUMNS}. */
    static List<@Nullable Object> cells(SocketRow row) {
        Socket s = row.socket();
        return Arrays.asList(
                row.snapshot(),
                Rfc3339.of(row.time().realtimeNs()),
                number(row.netns(), 0),
                s.netid(),
                s.state(),
                harmless(s.local()),
                harmless(row.peer()),
                number(s.inode(), Socket.UNKNOWN),
                cookie(s),
                number(s.uid(), Socket.UNKNOWN),
                number(s.recvQ().kernelNumber(), -1),
                s.recvQ().meaning().id(),
                number(s.sendQ().kernelNumber(), -1),
                s.sendQ().meaning().id(),
                number(s.unread().orElse(-1), -1),
                s.waiting(),
                s.eofUnread(),
                harmless(owners(row.owners())),
                s.source(),
                row.unknown().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue().id())
                        .collect(Collectors.joining(" ")));
    }

    static @Nullable String cookie(Socket s) {
        return s.cookie() == Socket.NO_COOKIE ? null : Long.toUnsignedString(s.cookie());
    }

    static @Nullable Long number(long value, long none) {
        return value == none ? null : value;
    }

    static @Nullable String owners(@Nullable List<Owner> owners) {
        return owners == null
                ? null
                : owners.stream()
                        .map(o -> o.comm() + "/" + o.pid() + "/" + o.fd())
                        .collect(Collectors.joining(" "));
    }

    /** A spreadsheet runs a cell that begins like a formula: a quote before it makes it text. */
    static @Nullable String harmless(@Nullable String cell) {
        return cell != null && !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    @Override
    public void end() throws IOException {
        csv.flush();
        out.check();
    }
}
