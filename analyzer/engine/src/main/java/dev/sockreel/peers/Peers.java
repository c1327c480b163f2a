package dev.sockreel.peers;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;

/**
 * Finds who a socket talks with. It walks over the snapshot's sockets two times and keeps the rows that it gives; memory:
 * about 1,200 bytes for each of these.
 */
public final class Peers {
    /** Connections, and senders, that are given. */
    public static final int MOST = 1000;

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
