package dev.sockreel.cli.damage;

import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Stdout;
import java.io.IOException;
import java.nio.file.Path;

/** Prints in one format what {@code verify} finds, as it finds it. */
interface VerifyPrinter {
    /** Called before the faults of a file. */
    default void begin(Path file) throws IOException {}

    void fault(Path file, VerifyFault fault) throws IOException;

    /** Called for each sentence about what a recovered file lacks. It is no fault: the file itself is whole. */
    default void recovered(Path file, String sentence) throws IOException {}

    /** Called after the faults of a file. */
    default void end(Path file, VerifyResult result) throws IOException {}

    /** Called after the last file. */
    void finish() throws IOException;

    static VerifyPrinter of(Format format, Stdout out) throws IOException {
        return switch (format) {
            case TEXT -> new VerifyText(out);
            case JSON -> new VerifyJson(out);
            case NDJSON -> new VerifyNdjson(out);
            case CSV -> new VerifyCsv(out);
        };
    }
}
