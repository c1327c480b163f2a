package dev.sockreel.finding;

import dev.sockreel.capture.ReceiveTime;
import dev.sockreel.sockdiag.InetProtocol;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpInfo;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one snapshot says of a followed socket; of equal ones in a row the track keeps the first and the last.
 *
 * @param unread       bytes not read, FIN taken off; -1 when the kernel's number does not tell
 * @param position     tcp: how far the application has read, in bytes since the connection began (a FIN counts one);
 *                     -1 when not known. A dump taken while data arrives may show it too high, never too low
 * @param stopped      every owner is stopped by a signal
 * @param standsFor    snapshots: itself and the equal ones it took the place of
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
        long position,
        boolean stopped,
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
                position(s),
                allStopped(row.owners()),
                1);
    }

    /**
     * tcpi_bytes_received less idiag_rqueue, both as the kernel gives them: both count a FIN. The kernel reads the
     * queue first and the counter after it, so data that arrives between makes it too high.
     */
    private static long position(Socket s) {
        if (s.protocol() != InetProtocol.IPPROTO_TCP || !(s.recvQ() instanceof Queue.SequenceBytes q)) {
            return UNKNOWN;
        }
        OptionalLong received = s.value(TcpInfo.BYTES_RECEIVED);
        return received.isPresent() ? Math.max(0, received.getAsLong() - q.bytes()) : UNKNOWN;
    }

    private static boolean allStopped(@Nullable List<Owner> owners) {
        return owners != null && !owners.isEmpty() && owners.stream().allMatch(Owner::isStopped);
    }

    boolean sameAs(Observation o) {
        return state == o.state
                && inode == o.inode
                && recvQ.equals(o.recvQ)
                && sendQ.equals(o.sendQ)
                && position == o.position
                && stopped == o.stopped;
    }

    Observation standingFor(int snapshots) {
        return new Observation(
                snapshot, time, state, inode, recvQ, sendQ, waiting, unread, position, stopped, snapshots);
    }
}
