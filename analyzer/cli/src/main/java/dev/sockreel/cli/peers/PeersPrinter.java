package dev.sockreel.cli.peers;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.peers.Conversation.Connection;
import dev.sockreel.peers.Conversation;
import dev.sockreel.peers.OtherEnd;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.PeersJson;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints a socket and its related sockets in one format. */
interface PeersPrinter {
    void print(Conversation conversation) throws IOException;

    static PeersPrinter of(Format format, Stdout out) {
        return switch (format) {
            case TEXT -> new PeersText(out);
            case JSON -> conversation -> json(conversation, out, true);
            case NDJSON -> conversation -> json(conversation, out, false);
            case CSV -> conversation -> csv(conversation, out);
        };
    }

    private static void json(Conversation conversation, Stdout out, boolean pretty) throws IOException {
        JsonGenerator json = Json.generator(out);
        if (pretty) {
            json.useDefaultPrettyPrinter();
        }
        new PeersJson(json).write(conversation);
        json.writeRaw('\n');
        json.flush();
        out.check();
    }

    /** Writes a line for each socket, with its relation to the given socket first. */
    private static void csv(Conversation c, Stdout out) throws IOException {
        CsvLines csv = new CsvLines(out.writer());
        List<Object> header = new ArrayList<>(List.of("relation", "why"));
        header.addAll(SocketCells.COLUMNS);
        csv.line(header);
        line("socket", "", c.socket(), csv);
        line("other-end", c.otherEnd(), csv);
        for (SocketRow row : c.listeners()) {
            line("listener", "", row, csv);
        }
        connections("waiting", c.waiting(), csv);
        connections("accepted", c.accepted(), csv);
        for (SocketRow row : c.senders()) {
            line("sender", "", row, csv);
        }
        out.check();
    }

    private static void connections(String relation, List<Connection> connections, CsvLines csv) throws IOException {
        for (Connection c : connections) {
            if (c.own() != null) {
                line(relation, "", c.own(), csv);
            }
            line(relation + "-client", c.client(), csv);
        }
    }

    private static void line(String relation, OtherEnd end, CsvLines csv) throws IOException {
        line(relation, end.kind() == OtherEnd.Kind.LISTED ? end.why() : end.kind().id() + ": " + end.why(), end.row(),
                csv);
    }

    private static void line(String relation, String why, @Nullable SocketRow row, CsvLines csv) throws IOException {
        List<@Nullable Object> cells = new ArrayList<>(List.of(relation, why));
        if (row != null) {
            cells.addAll(SocketCells.of(row));
        }
        while (cells.size() < SocketCells.COLUMNS.size() + 2) {
            cells.add(null);
        }
        csv.line(cells);
    }
}
