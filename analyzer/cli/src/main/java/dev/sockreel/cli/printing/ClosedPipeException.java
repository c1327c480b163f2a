package dev.sockreel.cli.printing;

import java.io.IOException;

/** Thrown when the reader of standard output has closed the pipe, as {@code | head} does. */
public final class ClosedPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedPipeException(IOException cause) {
        super("standard output was closed", cause);
    }
}
