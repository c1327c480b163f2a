package dev.sockreel.peers;

import dev.sockreel.snapshot.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side of a conversation between processes.
 *
 * @param kind whether its process is known
 * @param pid  lowest id of the processes that hold the socket; 0 unless the kind is {@link Kind#PROCESS}
 * @param comm name of that process, printable; null unless the kind is {@link Kind#PROCESS}
 */
public record Party(Kind kind, int pid, @Nullable String comm) {
    /** Knowledge about a side. */
    public enum Kind {
        /** A process holds the socket. */
        PROCESS("process"),
        /** The socket is listed, and no process holds it. */
        NOBODY("nobody"),
        /** The socket is listed, but its owners were not recorded. */
        UNKNOWN("unknown"),
        /** The snapshot does not list the socket. */
        NOT_LISTED("not-listed");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    static final Party NOBODY = new Party(Kind.NOBODY, 0, null);
    static final Party UNKNOWN = new Party(Kind.UNKNOWN, 0, null);
    static final Party NOT_LISTED = new Party(Kind.NOT_LISTED, 0, null);

    /** @param owners null when not recorded, empty when nobody holds the socket */
    static Party of(@Nullable List<Owner> owners) {
        if (owners == null) {
            return UNKNOWN;
        }
        Owner lowest = null;
        for (Owner owner : owners) {
            lowest = lowest == null || owner.pid() < lowest.pid() ? owner : lowest;
        }
        return lowest == null ? NOBODY : new Party(Kind.PROCESS, lowest.pid(), lowest.comm());
    }
}
