package dev.sockreel.cli.findings;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.address.AddressText;
import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.render.CsvLines;
import dev.sockreel.render.FindingsJson;
import dev.sockreel.render.Rfc3339;
import java.io.IOException;

/** Prints findings in one format. */
public interface FindingsPrinter {
    void print(Findings findings) throws IOException;

    static FindingsPrinter of(Format format, Stdout out) {
        return switch (format) {
            case TEXT -> new FindingsText(out);
            case JSON -> findings -> json(findings, out);
            case NDJSON -> findings -> ndjson(findings, out);
            case CSV -> findings -> csv(findings, out);
        };
    }

    private static void json(Findings findings, Stdout out) throws IOException {
        JsonGenerator json = Json.generator(out);
        json.useDefaultPrettyPrinter();
        new FindingsJson(json).write(findings);
        json.writeRaw('\n');
        json.flush();
        out.check();
    }

    /** Writes one line for each finding, without dumps and coverage. */
    private static void ndjson(Findings findings, Stdout out) throws IOException {
        for (Finding f : findings.findings()) {
            JsonGenerator json = Json.generator(out);
            new FindingsJson(json).write(f);
            json.writeRaw('\n');
            json.flush();
        }
        out.check();
    }

    private static void csv(Findings findings, Stdout out) throws IOException {
        CsvLines csv = new CsvLines(out.writer());
        csv.line("id", "severity", "certainty", "netid", "local", "peer", "since", "until", "snapshots", "why", "next");
        for (Finding f : findings.findings()) {
            csv.line(
                    f.id(), f.severity().id(), f.certainty().id(), f.socket().socket().netid(),
                    AddressText.orNull(f.socket().socket().local()), AddressText.orNull(f.socket().peer()),
                    Rfc3339.of(f.since().realtimeNs()), Rfc3339.of(f.until().realtimeNs()), f.snapshots(),
                    f.why(), f.next());
        }
        out.check();
    }
}
