package dev.sockreel.render;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A socket in the words that people read, in text and in reports. */
public final class SocketInWords {
    private static final int MOST_OWNERS = 3;

    /** {@code local <- peer}; the local name alone where there is no peer or it has no name. */
    public static String ends(SocketRow row) {
        SocketAddress local = row.socket().local();
        SocketAddress peer = row.peer();
        String name = local == null ? "(no name)" : AddressText.of(local);
        if (row.socket().isListener() || peer == null) {
            return name + (local == null && row.socket().inode() > 0 ? " inode " + row.socket().inode() : "");
        }
        return name + " <- " + AddressText.of(peer);
    }

    /** Who holds it, the first few. */
    public static String owners(SocketRow row) {
        return owners(row.owners());
    }

    /** @param owners null: not recorded; empty: nobody */
    public static String owners(@Nullable List<Owner> owners) {
        if (owners == null) {
            return "owner not recorded";
        }
        if (owners.isEmpty()) {
            return "held by nobody";
        }
        return owners.stream()
                .limit(MOST_OWNERS)
                .map(o -> o.comm() + " pid " + o.pid() + " fd " + o.fd()
                        + (o.state() == null ? "" : " state " + o.state()))
                .collect(Collectors.joining(", "));
    }

    private SocketInWords() {}
}
