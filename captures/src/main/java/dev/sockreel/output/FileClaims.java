package dev.sockreel.output;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Keeps a second writer away from a file for as long as the first writes it. */
public interface FileClaims {
    /** Asks nobody: a file that gets its name when it is whole needs no claim. */
    FileClaims NONE = new FileClaims() {
        @Override
        public Claim created(Path temporary) {
            return () -> {};
        }

        @Override
        public Claim replaced(Path existing) {
            return () -> {};
        }
    };

    /** Claims a new file before it has its name, until it is closed. */
    Claim created(Path temporary) throws IOException;

    /**
     * Claims the file whose name a new one is about to take, until it has taken it.
     *
     * @throws IOException with a reason for people when somebody writes that file
     */
    Claim replaced(Path existing) throws IOException;

    /** A claim, which ends when it is closed. */
    interface Claim extends Closeable {}
}
