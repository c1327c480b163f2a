package dev.sockreel.failure;

import java.io.IOException;

/** Thrown when a file has no group of this format and so is not a capture. */
public final class NotACaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    public NotACaptureException(String message) {
        super(message);
    }
}
