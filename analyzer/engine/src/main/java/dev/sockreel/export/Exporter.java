package dev.sockreel.export;

import dev.sockreel.dump.Dump;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.OutputStream;

/** Writes sockets in a format that other programs read. Has no state. */
public interface Exporter {
    /** Returns the name for {@code --to}. */
    String format();

    /** Returns whether the format can hold the sockets of this dump. */
    boolean holds(Dump dump);

    /** Begins a file. */
    Export to(OutputStream out) throws IOException;

    /** A file that grows; the stream stays open. */
    interface Export {
        /**
         * Appends one snapshot.
         *
         * @return sockets written
         */
        long write(Snapshot snapshot) throws IOException;
    }
}
