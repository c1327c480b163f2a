package dev.sockreel.delta;

import java.io.IOException;

/** Signals columns that no writer makes: damage, or a file from somebody who means harm. */
public final class BadColumnsException extends IOException {
    /** @param why one clause for people */
    public BadColumnsException(String why) {
        super(why);
    }
}
