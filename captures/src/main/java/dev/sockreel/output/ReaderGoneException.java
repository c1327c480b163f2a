package dev.sockreel.output;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when whoever reads the pipe that is written has closed it, as {@code | head} does. */
public final class ReaderGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ReaderGoneException(Path path, IOException cause) {
        super(path + ": " + cause.getMessage(), cause);
    }
}
