package dev.sockreel.cli.findings;

import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.render.FindingsJson;
import dev.sockreel.render.JsonRows;
import java.io.IOException;

/** Prints findings in one format. */
public interface FindingsPrinter {
    void print(Findings findings) throws IOException;

    /** @param sockets whether text lists the single findings too; the other formats always do */
    static FindingsPrinter of(Format format, Stdout out, boolean sockets) {
        return switch (format) {
            case TEXT -> new FindingsText(out, sockets);
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
