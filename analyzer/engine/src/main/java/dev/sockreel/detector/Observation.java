package dev.sockreel.detector;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a followed socket in one snapshot. Of equal consecutive observations the track keeps the first and the
 * last.
 *
 * @param unread         bytes not read, without a FIN; {@link #UNKNOWN} when the kernel's number does not show them
 * @param drops          SK_MEMINFO_DROPS; {@link #UNKNOWN} when absent
 * @param pendingClients unix listener: inodes of the clients in its queue; null when they were not listed
 * @param standsFor      number of snapshots: this one and the equal ones it replaced
 */
record Observation(
        int snapshot,
        ReceiveTime time,
        int state,
        long inode,
        Queue recvQ,
        Queue sendQ,
        @Nullable Boolean waiting,
        long unread,
        TcpProgress tcp,
        Holders holders,
        long drops,
        @Nullable Set<Long> pendingClients,
        int standsFor) {
    static final long UNKNOWN = -1;

    static Observation of(SocketRow row) {
        Socket s = row.socket();
        return new Observation(
                row.snapshot(),
                row.time(),
                s.stateNumber(),
                s.inode(),
                s.recvQ(),
                s.sendQ(),
                s.waiting(),
                s.unread().orElse(UNKNOWN),
                TcpProgress.of(s),
                Holders.of(row),
                s.value(SkMemInfo.DROPS).orElse(UNKNOWN),
                row.pendingClients(),
                1);
    }

    boolean isWaiting() {
        return Boolean.TRUE.equals(waiting);
    }

    long position() {
        return tcp.position();
    }

    boolean sameAs(Observation o) {
        return state == o.state
                && inode == o.inode
                && recvQ.equals(o.recvQ)
                && sendQ.equals(o.sendQ)
                && tcp.equals(o.tcp)
                && holders == o.holders
                && drops == o.drops
                && java.util.Objects.equals(pendingClients, o.pendingClients);
    }

    Observation standingFor(int snapshots) {
        return new Observation(snapshot, time, state, inode, recvQ, sendQ, waiting, unread, tcp, holders, drops,
                pendingClients, snapshots);
    }
}
