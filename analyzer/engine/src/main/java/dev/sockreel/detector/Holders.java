package dev.sockreel.detector;

import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;

/** The processes that hold a socket's descriptor, as far as it was recorded. */
enum Holders {
    /** No scan shows it. */
    UNKNOWN,
    /** A complete scan of the same snapshot, made after the dump, found no process that holds it. */
    NOBODY,
    /** One or more processes, at least one of which is not stopped. */
    RUNNING,
    /** Processes that are all stopped by a signal. */
    STOPPED;

    static Holders of(SocketRow row) {
        List<Owner> owners = row.owners();
        if (owners == null) {
            return UNKNOWN;
        }
        if (owners.isEmpty()) {
            return NOBODY;
        }
        return owners.stream().allMatch(Owner::isStopped) ? STOPPED : RUNNING;
    }
}
