package dev.sockreel.cli.peers;

import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.peers.Conversation;
import dev.sockreel.peers.Conversation.Connection;
import dev.sockreel.peers.OtherEnd;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.PeersJson;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints a socket and its related sockets in one format. */
interface PeersPrinter {
    void print(Conversation conversation) throws IOException;

    static PeersPrinter of(Format format, ShownTimes times, Stdout out) {
        return switch (format) {
            case TEXT -> new PeersText(times, out);
            case JSON -> conversation -> Json.document(out, true, json -> new PeersJson(json).write(conversation));
            case NDJSON -> conversation -> Json.document(out, false, json -> new PeersJson(json).write(conversation));
            case CSV -> conversation -> csv(conversation, out);
        };
    }

    /** A line a socket, what it is to the one asked for before it. */
    private static void csv(Conversation c, Stdout out) throws IOException {
        List<String> columns = new ArrayList<>(List.of("relation", "kind", "why"));
        columns.addAll(SocketCells.COLUMNS);
        CsvLines csv = new CsvLines(out.writer(), out::check, columns);
        line("socket", null, null, c.socket(), csv);
        line("other-end", c.otherEnd(), csv);
        for (SocketRow row : c.listeners()) {
            line("listener", null, null, row, csv);
        }
        connections("waiting", c.waiting(), csv);
        connections("accepted", c.accepted(), csv);
        for (SocketRow row : c.senders()) {
            line("sender", null, null, row, csv);
        }
        csv.flush();
    }

    private static void connections(String relation, List<Connection> connections, CsvLines csv) throws IOException {
        for (Connection c : connections) {
            if (c.own() != null) {
                line(relation, null, null, c.own(), csv);
            }
            line(relation + "-client", c.client(), csv);
        }
    }

    private static void line(String relation, OtherEnd end, CsvLines csv) throws IOException {
        String why = end.why().isEmpty() ? null : Terminal.sentence(end.why());
        line(relation, end.kind().id(), why, end.row(), csv);
    }

    private static void line(
            String relation, @Nullable String kind, @Nullable String why, @Nullable SocketRow row, CsvLines csv)
            throws IOException {
        List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(relation, kind, why));
        if (row != null) {
            cells.addAll(SocketCells.of(row));
        }
        csv.line(cells);
    }
}
