package dev.sockreel.capture.record;

import java.io.IOException;

/** A record whose body does not hold what its type says. */
public final class BadRecordException extends IOException {
    private static final long serialVersionUID = 1L;

    BadRecordException(String message) {
        super(message);
    }

    BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
