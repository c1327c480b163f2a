package dev.sockreel.peers;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;

/**
 * Finds the peers of a socket. It walks over the snapshot's sockets twice and keeps only the rows that it returns:
 * about 1,200 bytes for each.
 */
public final class Peers {
    /** Limit of the connections, and of the senders, that are returned. */
    public static final int MAX_ROWS = 1000;

    /** @param socket a row of this snapshot */
    public static Conversation of(Snapshot snapshot, SocketRow socket) {
        SnapshotSockets all = new SnapshotSockets(snapshot);
        SocketRow own = socket.hold();
        return own.socket().family() == Family.AF_UNIX
                ? new UnixPeers(snapshot, all, own).find()
                : new AddressPeers(all, own).find();
    }

    private Peers() {}
}
