package dev.sockreel.source.sink;

import java.io.IOException;

/** Thrown when the source is not what its format says. The message is one sentence for the user. */
public final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
