package dev.sockreel.cli.damage;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.render.CsvLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one line for each fault. */
final class VerifyCsv implements VerifyPrinter {
    private final CsvLines csv;

    VerifyCsv(Stdout out) throws IOException {
        csv = new CsvLines(out.writer(), out::check,
                List.of("file", "id", "snapshot", "family", "dump", "table", "where", "why"));
    }

    @Override
    public void fault(Path file, VerifyFault f) throws IOException {
        csv.line(
                Terminal.printable(file.toString()), f.id(), f.snapshot(), f.family(), f.dump(),
                f.table() == null ? null : Terminal.printable(f.table()), sentence(f.where()), sentence(f.why()));
    }

    private static @Nullable String sentence(@Nullable String text) {
        return text == null ? null : Terminal.sentence(text);
    }

    @Override
    public void finish() throws IOException {
        csv.flush();
    }
}
