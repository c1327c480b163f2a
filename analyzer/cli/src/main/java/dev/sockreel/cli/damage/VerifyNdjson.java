package dev.sockreel.cli.damage;

import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.render.JsonRows;
import java.io.IOException;
import java.nio.file.Path;

/** Writes one object a line for each fault. */
final class VerifyNdjson implements VerifyPrinter {
    private final JsonRows rows;

    VerifyNdjson(Stdout out) throws IOException {
        rows = Json.rows(out, JsonRows.Form.LINES);
    }

    @Override
    public void fault(Path file, VerifyFault fault) throws IOException {
        rows.begin();
        rows.json().writeStringField("file", file.toString());
        VerifyJson.writeFields(rows.json(), fault);
        rows.end();
    }

    @Override
    public void finish() throws IOException {
        rows.finish();
    }
}
