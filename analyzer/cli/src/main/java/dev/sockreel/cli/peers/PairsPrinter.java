package dev.sockreel.cli.peers;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.peers.ProcessPair;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.JsonRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints who talks to whom in a snapshot, one pair after another. */
interface PairsPrinter {
    /** @param snapshot number of the snapshot */
    void print(int snapshot, List<ProcessPair> pairs) throws IOException;

    static PairsPrinter of(Format format, Stdout out) {
        return switch (format) {
            case TEXT -> new PairsText(out);
            case JSON -> (snapshot, pairs) -> json(snapshot, pairs, Json.rows(out, JsonRows.Form.ARRAY));
            case NDJSON -> (snapshot, pairs) -> json(snapshot, pairs, Json.rows(out, JsonRows.Form.LINES));
            case CSV -> (snapshot, pairs) -> csv(snapshot, pairs, out);
        };
    }

    /** A field of a pair: text, a number, or null. */
    record PairField(String name, Function<ProcessPair, @Nullable Object> value) {
        static final List<PairField> ALL = List.of(
                new PairField("netns", p -> p.netns() == 0 ? null : p.netns()),
                new PairField("netnsName", ProcessPair::netnsName),
                new PairField("netid", ProcessPair::netid),
                new PairField("client", p -> p.client().kind().id()),
                new PairField("clientPid", p -> p.client().comm() == null ? null : p.client().pid()),
                new PairField("clientComm", p -> p.client().comm()),
                new PairField("clientAddress", ProcessPair::clientAddress),
                new PairField("server", p -> p.server().kind().id()),
                new PairField("serverPid", p -> p.server().comm() == null ? null : p.server().pid()),
                new PairField("serverComm", p -> p.server().comm()),
                new PairField("serverAddress", ProcessPair::serverAddress),
                new PairField("connections", ProcessPair::connections),
                new PairField("notAccepted", ProcessPair::notAccepted),
                new PairField("bytesToServer", ProcessPair::toServer),
                new PairField("bytesToClient", ProcessPair::toClient));
    }

    private static void json(int snapshot, List<ProcessPair> pairs, JsonRows rows) throws IOException {
        JsonGenerator json = rows.json();
        for (ProcessPair pair : pairs) {
            rows.begin();
            json.writeNumberField("snapshot", snapshot);
            for (PairField field : PairField.ALL) {
                json.writeFieldName(field.name());
                switch (field.value().apply(pair)) {
                    case null -> json.writeNull();
                    case Number number -> json.writeNumber(number.longValue());
                    case Object text -> json.writeString(text.toString());
                }
            }
            rows.end();
        }
        rows.finish();
    }

    private static void csv(int snapshot, List<ProcessPair> pairs, Stdout out) throws IOException {
        List<@Nullable Object> cells = new ArrayList<>(List.of("snapshot"));
        PairField.ALL.forEach(f -> cells.add(f.name()));
        CsvLines csv = new CsvLines(out.writer(), out::check, cells.stream().map(String::valueOf).toList());
        for (ProcessPair pair : pairs) {
            cells.clear();
            cells.add(snapshot);
            PairField.ALL.forEach(f -> cells.add(f.value().apply(pair)));
            csv.line(cells);
        }
        csv.flush();
    }
}
