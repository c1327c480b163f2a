package dev.sockreel.rows;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.RowChanges;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.dump.ViewTable;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.RowVisitor;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tcp sockets of a snapshot that may have left the kernel's tables, or lost their inode, by the next one: those
 * that its dumps say are gone or changed; where they do not say, all.
 */
public final class GoneRows {
    private final SnapshotSockets before;
    private final List<Dump> dumps;

    private GoneRows(SnapshotSockets before, List<Dump> dumps) {
        this.before = before;
        this.dumps = dumps;
    }

    public static GoneRows of(Snapshot before, Snapshot now) {
        SnapshotSockets sockets = new SnapshotSockets(before, GoneRows::isTcp, request -> false);
        return new GoneRows(sockets,
                new SnapshotSockets(now, GoneRows::isTcp, request -> false).apart());
    }

    private static boolean isTcp(Dump dump) {
        return dump.request().isInet() && dump.request().protocol() == InetProtocol.IPPROTO_TCP;
    }

    public void forEach(RowVisitor<RuntimeException> visitor) {
        before.forEach(this::rowsOf, (dump, index, row) -> visitor.row(row));
    }

    /** Returns the rows of a dump before that the next of its series lists no more or otherwise; null for all. */
    private int @Nullable [] rowsOf(Dump dumpBefore) {
        for (Dump dump : dumps) {
            RowChanges changes = dump.changes();
            if (changes != null && changes.dumpBefore() == dumpBefore.begin().dump()
                    && dumpBefore.table() instanceof ViewTable) {
                return rows(dump, changes);
            }
        }
        return null;
    }

    private static int[] rows(Dump dump, RowChanges changes) {
        int[] all = Arrays.copyOf(changes.goneRows(), changes.goneRows().length + changes.rows().length);
        int count = changes.goneRows().length;
        SocketCursor now = dump.cursor();
        for (int row : changes.rows()) {
            int rowBefore = changes.rowBefore(row);
            if (rowBefore >= 0) {
                now.moveTo(row);
                if (now.socket().inode() <= 0) {
                    all[count++] = rowBefore;
                }
            }
        }
        int[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
