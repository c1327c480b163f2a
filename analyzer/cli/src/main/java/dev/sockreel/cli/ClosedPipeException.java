package dev.sockreel.cli;

import java.io.IOException;

/** Nobody reads standard output any more ({@code | head}). */
final class ClosedPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedPipeException(IOException cause) {
        super("standard output was closed", cause);
    }
}
