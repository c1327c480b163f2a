package dev.sockreel.source.sink;

import java.io.IOException;
import java.nio.file.Path;

/** Turns what another tool recorded into the records of a capture. Has no state. */
public interface Importer {
    /** Behind the name of a source. */
    String HAS_NO_CHECKSUMS = " has no checksums: a value that was changed in it cannot be told from the kernel's";

    /** As {@code --from} takes it. */
    String format();

    /** Whether the path looks like this format: from its kind, name and first bytes alone. */
    boolean recognizes(Path path) throws IOException;

    /**
     * Reads the source to its end.
     *
     * @throws SourceException when the source is not of this format at all; one sentence for the user
     * @throws IOException     when it cannot be read or the capture cannot be written
     */
    ImportReport run(Path path, CaptureSink sink) throws IOException;
}
