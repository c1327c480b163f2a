package dev.sockreel.peers;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds the peers of sockets. It walks over the snapshot's sockets twice, however many are asked for, and keeps only
 * the rows that it returns: about 1,200 bytes for each.
 */
public final class Peers {
    /** Limit of the connections, and of the senders, that are returned. */
    public static final int MAX_ROWS = 1000;

    /** @param socket a row of this snapshot */
    public static Conversation of(Snapshot snapshot, SocketRow socket) {
        return of(snapshot, List.of(socket)).getFirst();
    }

    /**
     * Returns the peers of each of the sockets, in their order.
     *
     * @param sockets rows of this snapshot
     */
    public static List<Conversation> of(Snapshot snapshot, List<SocketRow> sockets) {
        UnixSearch unix = new UnixSearch(snapshot);
        AddressSearch addresses = new AddressSearch();
        List<Supplier<Conversation>> results = new ArrayList<>();
        for (SocketRow socket : sockets) {
            SocketRow own = socket.hold();
            results.add(isUnix(own) ? unix.add(own)::result : addresses.add(own)::result);
        }
        SnapshotSockets all = new SnapshotSockets(snapshot);
        all.forEach(row -> {
            if (isUnix(row)) {
                unix.nearest(row);
            } else {
                addresses.nearest(row);
            }
        });
        unix.nextWalk();
        addresses.nextWalk();
        all.forEach(row -> {
            if (isUnix(row)) {
                unix.farther(row);
            } else {
                addresses.farther(row);
            }
        });
        return results.stream().map(Supplier::get).toList();
    }

    private static boolean isUnix(SocketRow row) {
        return row.socket().family() == Family.AF_UNIX;
    }

    private Peers() {}
}
