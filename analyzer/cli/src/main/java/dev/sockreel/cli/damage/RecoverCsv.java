package dev.sockreel.cli.damage;

import dev.sockreel.capture.CaptureRecovery;
import dev.sockreel.capture.Loss;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.render.CsvLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one line for each loss, with its first damage. */
final class RecoverCsv implements RecoverPrinter {
    private final CsvLines csv;

    RecoverCsv(Stdout out) throws IOException {
        csv = new CsvLines(out.writer(), out::check, List.of("loses", "from", "to", "touchesSnapshots",
                "firstSnapshot", "lastSnapshot", "bytes", "where", "why"));
    }

    @Override
    public void loss(Loss loss) throws IOException {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(loss.loses());
        cells.add(Rfc3339.of(loss.fromNs()));
        cells.add(Rfc3339.of(loss.toNs()));
        cells.add(loss.touchesSnapshots());
        cells.add(RecoverJson.first(loss));
        cells.add(RecoverJson.last(loss));
        cells.add(loss.bytes());
        if (!loss.damages().isEmpty()) {
            cells.add(Terminal.sentence(loss.damages().getFirst().where()));
            cells.add(Terminal.sentence(loss.damages().getFirst().why()));
        }
        csv.line(cells);
    }

    @Override
    public void end(CaptureRecovery.Result result) throws IOException {
        csv.flush();
    }
}
