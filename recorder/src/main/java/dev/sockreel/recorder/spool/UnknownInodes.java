package dev.sockreel.recorder.spool;

import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.RecordLayout;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Notices sockets in the dumps that no scan of owners has looked for, by their inodes. A socket that a scan did not
 * find, such as the kernel's own or one of a process that cannot be read, counts as looked for.
 *
 * <p>All methods but {@link #areThere()} run on the writing thread. Netlink sockets are left out: most of them live for
 * a moment, the recorder's own too.
 */
public final class UnknownInodes {
    private static final int AF_NETLINK = 16;

    /** The inodes that the last scan found in processes; null before the first. */
    private @Nullable InodeSet held;
    /** Inodes in earlier dumps that the last scan did not find in a process. */
    private InodeSet lookedFor = new InodeSet();
    /** Inodes in this snapshot's dumps that are not held. */
    private InodeSet unowned = new InodeSet();
    private volatile boolean any;

    /** Returns whether this snapshot's dumps have shown such a socket so far. */
    public boolean areThere() {
        return any;
    }

    void beginSnapshot() {
        if (unowned.size() > 0) {
            unowned = new InodeSet();
        }
        any = false;
    }

    /** Takes the result of a scan that began after this snapshot's dumps. */
    public void scanned(InodeSet found) {
        held = found;
        lookedFor = unowned;
        unowned = new InodeSet();
        any = false;
    }

    /**
     * Looks at the sockets of a datagram.
     *
     * @param buf the datagram from index 0, in native order
     */
    void look(ByteBuffer buf, int length) {
        InodeSet known = held;
        if (known == null || known.isFull()) {
            return; // what a full set does not hold may be known all the same
        }
        int at = 0;
        while (length - at > Nlmsghdr.BYTES) {
            int stated = buf.getInt(at);
            if (stated <= Nlmsghdr.BYTES || stated > length - at) {
                return;
            }
            int payload = at + Nlmsghdr.BYTES;
            int family = buf.get(payload) & 0xff;
            RecordLayout layout = RecordLayout.of(buf.getShort(at + 4) & 0xffff, family);
            if (layout != null && layout.inodeAt() != RecordLayout.NONE && family != AF_NETLINK
                    && stated - Nlmsghdr.BYTES >= layout.headerBytes()) {
                int place = payload + layout.inodeAt();
                look(known, layout.inodeBytes() == 8 ? buf.getLong(place) : buf.getInt(place) & 0xffff_ffffL);
            }
            at += Nlmsghdr.align(stated);
        }
    }

    private void look(InodeSet known, long inode) {
        if (inode != 0 && !known.contains(inode) && unowned.add(inode) && !lookedFor.contains(inode)) {
            any = true;
        }
    }
}
