package dev.sockreel.cli.findings;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.field.Field;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.field.SocketFields;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.SocketCells;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one line for each finding, with its socket, the first process that holds it, and its cause. */
final class FindingsCsv {
    private static final List<Field<SocketRow>> ENDS = SocketFields.named("netid", "local", "peer");
    private static final List<Field<SocketRow>> SOCKET =
            SocketFields.named("comm", "state", "inode", "cookie", "netns", "netnsName");

    static void print(Findings findings, Stdout out) throws IOException {
        List<String> columns = new ArrayList<>(List.of("id", "severity", "certainty"));
        columns.addAll(SocketCells.names(ENDS));
        columns.addAll(List.of("since", "until", "snapshots", "why", "next", "cause", "what", "trend", "atLeastSince",
                "pid"));
        columns.addAll(SocketCells.names(SOCKET));
        CsvLines csv = new CsvLines(out.writer(), out::check, columns);
        Map<String, Cause> causes = findings.causes().stream().collect(Collectors.toMap(Cause::id, c -> c));
        for (Finding f : findings.findings()) {
            csv.line(cells(f, causes.get(f.cause())));
        }
        csv.flush();
    }

    private static List<@Nullable Object> cells(Finding f, @Nullable Cause cause) throws IOException {
        List<@Nullable Object> cells = new ArrayList<>(List.of(f.id(), f.severity().id(), f.certainty().id()));
        cells.addAll(SocketCells.of(f.socket(), ENDS));
        cells.add(Rfc3339.of(f.since().realtimeNs()));
        cells.add(Rfc3339.of(f.until().realtimeNs()));
        cells.add(f.snapshots());
        cells.add(f.why());
        cells.add(f.next());
        cells.add(cause == null ? null : cause.id());
        cells.add(cause == null ? null : cause.what().id());
        cells.add(f.trend());
        cells.add(Rfc3339.of(f.atLeastSince().realtimeNs()));
        List<Owner> owners = f.socket().owners();
        cells.add(owners == null || owners.isEmpty() ? null : owners.getFirst().pid());
        cells.addAll(SocketCells.of(f.socket(), SOCKET));
        return cells;
    }

    private FindingsCsv() {}
}
