package dev.sockreel.snapshot;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Socket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of the unix sockets of one snapshot by inode, gathered when first asked for. */
public final class UnixNames {
    private record Key(int netns, long inode) {}

    private final Snapshot snapshot;
    private @Nullable Map<Key, String> names;

    UnixNames(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Null when no socket with that inode has a name. */
    public @Nullable String of(int netns, long inode) {
        if (names == null) {
            names = gather();
        }
        return names.get(new Key(netns, inode));
    }

    private Map<Key, String> gather() {
        Map<Key, String> found = new HashMap<>();
        for (Dump dump : snapshot.dumps()) {
            if (dump.request().family() != Family.AF_UNIX) {
                continue;
            }
            SocketCursor cursor = dump.cursor();
            while (cursor.next()) {
                Socket socket = cursor.socket();
                String name = socket.local();
                if (name != null) {
                    found.putIfAbsent(new Key(dump.begin().netns(), socket.inode()), name);
                }
            }
        }
        return found;
    }
}
