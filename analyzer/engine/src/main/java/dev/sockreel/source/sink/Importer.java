package dev.sockreel.source.sink;

import java.io.IOException;
import java.nio.file.Path;

/** Converts another tool's recording into a capture. Implementations are stateless. */
public interface Importer {
    /** The end of a sentence that begins with a source's name. */
    String HAS_NO_CHECKSUMS = " has no checksums, so a changed value in it cannot be detected";

    /** Returns the format's name as {@code --from} takes it. */
    String format();

    /** Returns whether the path looks like this format, from its kind, name and first bytes alone. */
    boolean recognizes(Path path) throws IOException;

    /**
     * Reads the source to its end.
     *
     * @throws SourceException when the source is not of this format at all; one sentence for the user
     * @throws IOException     when it cannot be read or the capture cannot be written
     */
    ImportReport run(Path path, CaptureSink sink) throws IOException;
}
