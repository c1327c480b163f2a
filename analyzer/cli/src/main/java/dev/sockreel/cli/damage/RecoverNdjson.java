package dev.sockreel.cli.damage;

import dev.sockreel.capture.CaptureRecovery;
import dev.sockreel.capture.Loss;
import dev.sockreel.cli.printing.Json;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.render.JsonRows;
import java.io.IOException;

/** Writes one object a line for each loss. */
final class RecoverNdjson implements RecoverPrinter {
    private final JsonRows rows;

    RecoverNdjson(Stdout out) throws IOException {
        rows = Json.rows(out, JsonRows.Form.LINES);
    }

    @Override
    public void loss(Loss loss) throws IOException {
        rows.begin();
        RecoverJson.writeFields(rows.json(), loss);
        rows.end();
    }

    @Override
    public void end(CaptureRecovery.Result result) throws IOException {
        rows.finish();
    }
}
