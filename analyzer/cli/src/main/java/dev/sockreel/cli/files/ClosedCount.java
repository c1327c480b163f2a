package dev.sockreel.cli.files;

import dev.sockreel.snapshot.ClosedSocket;
import dev.sockreel.snapshot.Snapshot;

/**
 * The sockets that the kernel announced as destroyed.
 *
 * @param sockets    number of them
 * @param withUnread number of tcp connections that had something unread
 * @param discarded  bytes of those that were discarded unread; a FIN that was not read counts 1
 */
record ClosedCount(long sockets, long withUnread, long discarded) {
    static final ClosedCount NONE = new ClosedCount(0, 0, 0);

    ClosedCount with(Snapshot snapshot) {
        ClosedCount count = this;
        for (ClosedSocket socket : snapshot.closedSockets()) {
            long bytes = Math.max(0, socket.discarded());
            count = new ClosedCount(
                    count.sockets + 1, count.withUnread + (bytes > 0 ? 1 : 0), count.discarded + bytes);
        }
        return count;
    }
}
