package dev.sockreel.snapshot;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Socket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of the unix sockets of one snapshot by inode, collected on first use. */
public final class UnixNames {
    private record Key(int netns, long inode) {}

    /** Stands for a socket without a name; no socket's name is empty. */
    private static final String NO_NAME = "";

    private final Snapshot snapshot;
    private @Nullable Map<Key, String> names;

    UnixNames(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Returns the name of the socket with that inode; null when it has none, or is not listed. */
    public @Nullable String of(int netns, long inode) {
        String name = names().get(new Key(netns, inode));
        return NO_NAME.equals(name) ? null : name;
    }

    /** Returns whether the snapshot lists a unix socket with that inode. */
    public boolean isListed(int netns, long inode) {
        return names().containsKey(new Key(netns, inode));
    }

    private Map<Key, String> names() {
        if (names == null) {
            names = gather();
        }
        return names;
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
                found.merge(new Key(dump.begin().netns(), socket.inode()), name == null ? NO_NAME : name,
                        (first, second) -> first.equals(NO_NAME) ? second : first);
            }
        }
        return found;
    }
}
