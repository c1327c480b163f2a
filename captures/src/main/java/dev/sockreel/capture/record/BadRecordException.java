package dev.sockreel.capture.record;

import java.io.IOException;

/** Thrown when a record's body cannot be decoded as its type. */
public final class BadRecordException extends IOException {
    private static final long serialVersionUID = 1L;

    BadRecordException(String message) {
        super(message);
    }

    BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
