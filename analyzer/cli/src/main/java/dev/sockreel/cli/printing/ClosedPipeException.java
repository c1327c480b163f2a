package dev.sockreel.cli.printing;

import java.io.IOException;

/** Nobody reads standard output any more ({@code | head}). */
public final class ClosedPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedPipeException(IOException cause) {
        super("standard output was closed", cause);
    }
}
