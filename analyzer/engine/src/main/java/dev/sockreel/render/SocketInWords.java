package dev.sockreel.render;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A socket in words, for text and reports. */
public final class SocketInWords {
    private static final int MAX_OWNERS = 3;

    /** Returns {@code local <- peer}; the local name alone where there is no peer or it has no name. */
    public static String ends(SocketRow row) {
        SocketAddress local = row.socket().local();
        SocketAddress peer = row.peer();
        String name = local == null ? "(no name)" : NameForEyes.of(local);
        if (row.socket().isListener() || peer == null) {
            return name + (local == null && row.socket().inode() > 0 ? " inode " + row.socket().inode() : "");
        }
        return name + " <- " + NameForEyes.of(peer);
    }

    /** Returns the processes that hold the socket, the first few, and when they were looked up if that was before. */
    public static String owners(SocketRow row) {
        String asOf = LookUpTime.asOf(row.owners(), row.time());
        return owners(row.owners()) + (asOf.isEmpty() ? "" : " (holders " + asOf + ")");
    }

    /**
     * Returns the first few owners.
     *
     * @param owners null: not recorded; empty: nobody
     */
    public static String owners(@Nullable List<Owner> owners) {
        if (owners == null) {
            return "owner not recorded";
        }
        if (owners.isEmpty()) {
            return "held by nobody";
        }
        return owners.stream()
                .limit(MAX_OWNERS)
                .map(o -> o.comm() + " pid " + o.pid() + " fd " + o.fd()
                        + (o.state() == null ? "" : " state " + o.state()))
                .collect(Collectors.joining(", "));
    }

    private SocketInWords() {}
}
