package dev.sockreel.capture;

import java.io.IOException;

/** The file has no group of this format, so it is not a capture at all. */
public final class NotACaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    public NotACaptureException(String message) {
        super(message);
    }
}
