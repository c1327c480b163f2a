package dev.sockreel.snapshot;

import dev.sockreel.address.UnixAddress;
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

    /** Stands for none: no socket's path is empty. */
    private static final UnixAddress NO_NAME = new UnixAddress("", false);

    private final Snapshot snapshot;
    private @Nullable Map<Key, UnixAddress> names;

    UnixNames(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Null when no socket with that inode has a name. */
    public @Nullable UnixAddress of(int netns, long inode) {
        UnixAddress name = names().get(new Key(netns, inode));
        return NO_NAME.equals(name) ? null : name;
    }

    /** Returns whether the snapshot lists a unix socket with that inode. */
    public boolean isListed(int netns, long inode) {
        return names().containsKey(new Key(netns, inode));
    }

    private Map<Key, UnixAddress> names() {
        if (names == null) {
            names = gather();
        }
        return names;
    }

    private Map<Key, UnixAddress> gather() {
        Map<Key, UnixAddress> found = new HashMap<>();
        for (Dump dump : snapshot.dumps()) {
            if (dump.request().family() != Family.AF_UNIX) {
                continue;
            }
            SocketCursor cursor = dump.cursor();
            while (cursor.next()) {
                Socket socket = cursor.socket();
                found.merge(new Key(dump.begin().netns(), socket.inode()),
                        socket.local() instanceof UnixAddress name ? name : NO_NAME,
                        (first, second) -> first.equals(NO_NAME) ? second : first);
            }
        }
        return found;
    }
}
