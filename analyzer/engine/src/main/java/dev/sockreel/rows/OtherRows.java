package dev.sockreel.rows;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.ViewTable;
import dev.sockreel.series.SeriesView;
import dev.sockreel.snapshot.SnapshotSockets;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/**
 * The rows that may be the other ends of sockets that are followed since this snapshot: those with the ports looked
 * for, found by that one word of each message. One behind the followed socket is looked at now, one before it in the
 * next snapshot, as in a walk over all rows.
 */
public final class OtherRows {
    private static final int NLMSG_WORDS = 4;
    /** idiag_sport and idiag_dport, words from the message's begin. */
    private static final int PORTS_WORD = NLMSG_WORDS + 1;

    private final SnapshotSockets sockets;
    private final Map<Integer, Long> places;
    private final int[] ports;
    private final WalkPlace walk;
    private final WatchedRows watched;
    /** A bit for each of 64 kinds of pairs that are looked for: most rows are told apart by it. */
    private final long kinds;

    /** @param places of the followed sockets, by pairs as of {@link dev.sockreel.sockdiag.Socket#portPair} */
    public OtherRows(SnapshotSockets sockets, Map<Integer, Long> places, WalkPlace walk, WatchedRows watched) {
        this.sockets = sockets;
        this.places = places;
        this.walk = walk;
        this.watched = watched;
        ports = places.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        long bits = 0;
        for (int pair : ports) {
            bits |= 1L << kind(pair);
        }
        kinds = bits;
    }

    private static int kind(int pair) {
        return pair * 0x9E3779B9 >>> 26;
    }

    /** Calls the visitor for those to look at now, and watches the others. */
    public void forEach(SnapshotSockets.PlacedVisitor visitor) {
        if (ports.length == 0) {
            return;
        }
        for (Dump dump : sockets.apart()) {
            if (dump.request().isInet() && dump.table() instanceof ViewTable table) {
                look(dump, table.view(), table.sockets(), visitor);
            }
        }
    }

    private void look(Dump dump, SeriesView view, int sockets, SnapshotSockets.PlacedVisitor visitor) {
        int[] now = new int[16];
        int count = 0;
        for (int row = 0; row < sockets; row++) {
            int word = view.stillWord(row, PORTS_WORD);
            int pair = dump.order() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(word) : word;
            if ((kinds >>> kind(pair) & 1) == 0 || Arrays.binarySearch(ports, pair) < 0) {
                continue;
            }
            if (walk.of(dump, row) < places.getOrDefault(pair, Long.MAX_VALUE)) {
                watched.keep(dump, row); // even if it was looked at: nobody looked for it then
            } else if (!watched.hasChosen(dump, row)) {
                now = count == now.length ? Arrays.copyOf(now, count * 2) : now;
                now[count++] = row;
            }
        }
        if (count > 0) {
            this.sockets.forEach(dump, Arrays.copyOf(now, count), visitor);
        }
    }
}
