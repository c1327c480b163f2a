package dev.sockreel.cli.damage;

import dev.sockreel.capture.CaptureRecovery;
import dev.sockreel.capture.Loss;
import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Stdout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Prints in one format what {@code recover} lost, as it finds it. */
interface RecoverPrinter {
    void loss(Loss loss) throws IOException;

    /** Called after the last loss. */
    void end(CaptureRecovery.Result result) throws IOException;

    /**
     * @param words where text goes: not to standard output where the new capture goes there
     * @param from the damaged file
     * @param to   the new one
     */
    static RecoverPrinter of(Format format, Stdout out, PrintWriter words, Path from, Path to) throws IOException {
        return switch (format) {
            case TEXT -> new RecoverText(out, words);
            case JSON -> new RecoverJson(out, from, to);
            case NDJSON -> new RecoverNdjson(out);
            case CSV -> new RecoverCsv(out);
        };
    }
}
