package dev.sockreel.peers;

import dev.sockreel.snapshot.SocketRow;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection.
 *
 * @param row null unless it is listed
 * @param why one clause where there is no row, or where the row needs a word; empty else
 */
public record OtherEnd(Kind kind, @Nullable SocketRow row, String why) {
    /** The knowledge of the other end. */
    public enum Kind {
        /** A socket that the snapshot lists. */
        LISTED("listed"),
        /** A connection in a listener's queue: nobody has accepted it. */
        PENDING("pending"),
        /** A socket that exists, but is not listed in the snapshot. */
        NOT_LISTED("not-listed"),
        /** The socket is connected to nothing. */
        NONE("none"),
        /** The capture does not say whether there is one. */
        UNKNOWN("unknown");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    static OtherEnd listed(SocketRow row) {
        return new OtherEnd(Kind.LISTED, row, "");
    }

    static OtherEnd without(Kind kind, String why) {
        return new OtherEnd(kind, null, why);
    }
}
