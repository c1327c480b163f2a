package dev.sockreel.series;

import java.io.IOException;

/** Signals messages that need more memory than a series may take. */
public final class SeriesTooLargeException extends IOException {
    /** @param why one sentence for people */
    public SeriesTooLargeException(String why) {
        super(why);
    }
}
