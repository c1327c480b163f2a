package dev.sockreel.track;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a followed socket in one snapshot. Of equal consecutive observations the track keeps the first and the
 * last.
 *
 * @param turn           ordinal of the snapshot in the run; snapshots of two captures may have equal indexes
 * @param unread         bytes not read, without a FIN; {@link #UNKNOWN} when the kernel's number does not show them
 * @param owners         processes that hold it; empty: nobody, null: not recorded
 * @param calls          system calls on its descriptor that a thread of an owner was in
 * @param sendBufferFull whether the send buffer holds no more (SK_MEMINFO); null when not known
 * @param bufferUsed     memory of the receive buffer in use, in percent of its limit; {@link #UNKNOWN} when absent
 * @param drops          SK_MEMINFO_DROPS; {@link #UNKNOWN} when absent
 * @param retransmits    idiag_retrans; {@link #UNKNOWN} for kinds without one
 * @param lastDataRecvMs tcpi_last_data_recv: age of the last data that arrived, ms; {@link #UNKNOWN} when absent
 * @param pendingClients unix listener: inodes of the clients in its queue; null when they were not listed
 * @param standsFor      number of snapshots: this one and the equal ones it replaced
 */
public record Observation(
        int snapshot,
        long turn,
        ReceiveTime time,
        int state,
        long inode,
        Queue recvQ,
        Queue sendQ,
        @Nullable Boolean waiting,
        long unread,
        TcpProgress tcp,
        @Nullable List<Owner> owners,
        SocketCalls calls,
        @Nullable Boolean sendBufferFull,
        int bufferUsed,
        long drops,
        long retransmits,
        long lastDataRecvMs,
        @Nullable Set<Long> pendingClients,
        int standsFor) {
    public static final long UNKNOWN = -1;

    static Observation of(SocketRow row, long turn) {
        Socket s = row.socket();
        List<Owner> owners = row.owners();
        return new Observation(
                row.snapshot(),
                turn,
                row.time(),
                s.stateNumber(),
                s.inode(),
                s.recvQ(),
                s.sendQ(),
                s.waiting(),
                s.unread().orElse(UNKNOWN),
                TcpProgress.of(s),
                owners,
                SocketCalls.of(owners),
                sendBufferFull(s),
                bufferUsed(s),
                s.value(SkMemInfo.DROPS, UNKNOWN),
                s.value(InetDiagMsg.RETRANS, UNKNOWN),
                s.value(TcpInfo.LAST_DATA_RECV, UNKNOWN),
                row.pendingClients(),
                1);
    }

    /** A tcp socket counts what it has queued, another what it has allocated. */
    private static @Nullable Boolean sendBufferFull(Socket s) {
        boolean tcp = s.protocol() == InetProtocol.IPPROTO_TCP;
        long used = s.value(tcp ? SkMemInfo.WMEM_QUEUED : SkMemInfo.WMEM_ALLOC, UNKNOWN);
        long limit = s.value(SkMemInfo.SNDBUF, UNKNOWN);
        return used == UNKNOWN || limit == UNKNOWN || s.isListener() ? null : used >= limit;
    }

    private static int bufferUsed(Socket s) {
        long used = s.value(SkMemInfo.RMEM_ALLOC, UNKNOWN);
        long limit = s.value(SkMemInfo.RCVBUF, UNKNOWN);
        return used == UNKNOWN || limit <= 0 ? (int) UNKNOWN : (int) Math.min(Integer.MAX_VALUE, used * 100 / limit);
    }

    /** Returns whether the receive buffer holds half of what it may; false where that is not known. */
    public boolean isBufferHalfFull() {
        return bufferUsed >= 50;
    }

    public boolean isWaiting() {
        return Boolean.TRUE.equals(waiting);
    }

    public long position() {
        return tcp.position();
    }

    public Holders holders() {
        return Holders.of(owners);
    }

    /** Returns whether this is an established tcp connection without an inode, which nobody has accepted. */
    public boolean isUnaccepted() {
        return inode == 0
                && (state == TcpState.ESTABLISHED || state == TcpState.CLOSE_WAIT)
                && recvQ instanceof Queue.SequenceBytes;
    }

    /** Returns whether the listener's queue is full: the kernel queues one more than the limit. */
    public boolean isFullQueue() {
        return isFull(recvQ, sendQ);
    }

    /** Returns whether more connections wait than the limit allows. */
    public static boolean isFull(Queue recvQ, Queue sendQ) {
        return recvQ instanceof Queue.PendingConnections pending
                && sendQ instanceof Queue.BacklogLimit limit
                && pending.connections() > limit.connections();
    }

    boolean sameAs(Observation o) {
        return state == o.state
                && inode == o.inode
                && recvQ.equals(o.recvQ)
                && sendQ.equals(o.sendQ)
                && tcp.equals(o.tcp)
                && Holders.areSame(owners, o.owners)
                && calls.equals(o.calls)
                && Objects.equals(sendBufferFull, o.sendBufferFull)
                && drops == o.drops
                && retransmits == o.retransmits
                && Objects.equals(pendingClients, o.pendingClients);
    }

    Observation standingFor(int snapshots) {
        return new Observation(snapshot, turn, time, state, inode, recvQ, sendQ, waiting, unread, tcp, owners, calls,
                sendBufferFull, bufferUsed, drops, retransmits, lastDataRecvMs, pendingClients, snapshots);
    }
}
