package dev.sockreel.peers;

import dev.sockreel.address.AddressText;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import org.jspecify.annotations.Nullable;

/** One end of a connection, kept until the other end is found. */
final class PairEnd {
    private static final long NOT_COUNTED = -1;

    final long netns;
    final @Nullable String netnsName;
    final String netid;
    /** The addresses of an inet or vsock connection; null for unix. */
    final @Nullable Ends ends;
    /** The name of a unix socket; null for none. */
    final @Nullable String name;
    final long inode;
    /** The inode of a unix socket's peer: 0 one without an inode, negative none. */
    final long peerInode;
    final boolean isUnaccepted;
    final Party holder;
    /** True if pairs are wanted that have this end. */
    final boolean isChosen;
    private final long unread;
    private final long unsent;
    /** True if it is counted as the other end of one that was found before. */
    boolean isPaired;

    private PairEnd(SocketRow row, @Nullable Ends ends, boolean isChosen) {
        Socket s = row.socket();
        this.netns = row.netns();
        this.netnsName = row.netnsName();
        this.netid = s.netid();
        this.ends = ends;
        this.name = ends == null ? AddressText.orNull(s.local()) : null;
        this.inode = s.inode();
        this.peerInode = s.peerInode();
        this.isUnaccepted = ends != null && inode == 0 && s.stateNumber() == TcpState.ESTABLISHED;
        this.isChosen = isChosen;
        this.holder = Party.of(row.owners());
        this.unread = s.unread().orElse(NOT_COUNTED);
        this.unsent = s.sendQ() instanceof Queue.SequenceBytes q ? Math.max(0, q.bytes() - flags(s)) : NOT_COUNTED;
    }

    /** Returns null for what is no end of a connection, or one that nobody will use again (TIME-WAIT). */
    static @Nullable PairEnd of(SocketRow row, boolean isChosen) {
        Socket s = row.socket();
        if (s.isListener()) {
            return null;
        }
        if (s.family() == Family.AF_UNIX) {
            return s.peerInode() >= 0 ? new PairEnd(row, null, isChosen) : null;
        }
        Ends ends = Ends.of(s);
        boolean isOver = s.stateNumber() == TcpState.TIME_WAIT;
        return ends == null || isOver ? null : new PairEnd(row, ends, isChosen);
    }

    /** Returns how much of the send queue's sequence space may be SYN or FIN and not data. */
    private static int flags(Socket s) {
        return switch (s.stateNumber()) {
            case TcpState.SYN_SENT, TcpState.FIN_WAIT1, TcpState.CLOSING, TcpState.LAST_ACK -> 1;
            default -> 0;
        };
    }

    /** Returns the bytes that wait on the way from an end to another, either of which may be null. */
    static @Nullable Long waiting(@Nullable PairEnd from, @Nullable PairEnd to) {
        long unsent = from == null ? NOT_COUNTED : from.unsent;
        long unread = to == null ? NOT_COUNTED : to.unread;
        return unsent == NOT_COUNTED && unread == NOT_COUNTED ? null : Math.max(0, unsent) + Math.max(0, unread);
    }
}
