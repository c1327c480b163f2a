package dev.sockreel.cli.findings;

import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.render.FindingsJson;
import dev.sockreel.render.JsonRows;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints findings in one format. */
public interface FindingsPrinter {
    void print(Findings findings) throws IOException;

    static FindingsPrinter of(Format format, Stdout out, boolean sockets) {
        return of(format, out, sockets, ShownTimes.UTC, null);
    }

    /**
     * Returns a printer.
     *
     * @param sockets whether text lists the single findings too; the other formats always do
     * @param times   how text shows times
     * @param netns   word for the only namespace that findings concern; null for all
     */
    static FindingsPrinter of(
            Format format, Stdout out, boolean sockets, ShownTimes times, @Nullable String netns) {
        return switch (format) {
            case TEXT -> new FindingsText(out, sockets, times, netns);
            case JSON -> findings -> json(findings, out);
            case NDJSON -> findings -> ndjson(findings, out);
            case CSV -> findings -> FindingsCsv.print(findings, out);
        };
    }

    private static void json(Findings findings, Stdout out) throws IOException {
        Json.lines(out, json -> new FindingsJson(json).write(findings));
    }

    /** Writes one line for each finding, without dumps and coverage. */
    private static void ndjson(Findings findings, Stdout out) throws IOException {
        JsonRows rows = Json.rows(out, JsonRows.Form.LINES);
        FindingsJson json = new FindingsJson(rows.json());
        for (Finding f : findings.findings()) {
            rows.begin();
            json.writeFields(f);
            rows.end();
        }
        rows.finish();
    }
}
