package dev.sockreel.history;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The state of a socket in one snapshot, except the time: equal consecutive readings are one point of its history.
 *
 * @param stateNumber  as TCP numbers states
 * @param state        as ss names it
 * @param inode        0: none (not accepted, orphaned, TIME-WAIT); {@link Socket#UNKNOWN} when not known
 * @param unread       bytes not read, without a FIN; {@link Socket#UNKNOWN} where the kernel's number does not show
 *                     them
 * @param waiting      whether something waits to be received; null when not known
 * @param eofUnread    null when a FIN came and the queue does not show whether it was read
 * @param readPosition tcp: how far the application has read, in bytes since the connection began (a FIN counts one), as
 *                     this snapshot alone shows it: never too low, too high in a dump taken while data arrives ({@link
 *                     SocketHistory#readPositions} corrects it); {@link Socket#UNKNOWN} when not known
 * @param peer         address, or a unix peer's name; null when there is none
 * @param peerInode    unix: 0 for a peer without an inode; {@link Socket#UNKNOWN} when the kernel named none
 * @param owners       null: not recorded; empty: nobody holds it; without what differs in each snapshot ({@link
 *                     Owner#lasting})
 * @param peerOwners   unix; null when there is no peer, or not recorded
 * @param ulp          upper layer protocol, which may read inside the kernel; null for none
 * @param source       {@code sock_diag} or {@code proc}
 */
public record Reading(
        int stateNumber,
        String state,
        long inode,
        Queue recvQ,
        Queue sendQ,
        long unread,
        @Nullable Boolean waiting,
        @Nullable Boolean eofUnread,
        long readPosition,
        @Nullable SocketAddress peer,
        long peerInode,
        @Nullable List<Owner> owners,
        @Nullable List<Owner> peerOwners,
        @Nullable String ulp,
        String source,
        Counters counters) {

    public static Reading of(SocketRow row) {
        Socket s = row.socket();
        return new Reading(
                s.stateNumber(), s.state(), s.inode(), s.recvQ(), s.sendQ(), s.unread().orElse(Socket.UNKNOWN),
                s.waiting(), s.eofUnread(), readPosition(s), row.peer(), s.peerInode(), Owner.lasting(row.owners()),
                Owner.lasting(row.peerOwners()), s.ulp(), s.source(), Counters.of(s));
    }

    /**
     * Returns tcpi_bytes_received minus idiag_rqueue, both as the kernel reports them: both count a FIN. The kernel
     * reads the queue first and the counter after it, so data that arrives in between makes the result too high.
     */
    private static long readPosition(Socket s) {
        if (s.protocol() != InetProtocol.IPPROTO_TCP || !(s.recvQ() instanceof Queue.SequenceBytes q)) {
            return Socket.UNKNOWN;
        }
        OptionalLong received = s.value(TcpInfo.BYTES_RECEIVED);
        return received.isPresent() ? Math.max(0, received.getAsLong() - q.bytes()) : Socket.UNKNOWN;
    }

    /** Returns an equal reading that shares equal objects with the one before. */
    Reading sharing(Reading before) {
        return new Reading(
                stateNumber, state, inode, recvQ, sendQ, unread, waiting, eofUnread, readPosition,
                same(peer, before.peer), peerInode, same(owners, before.owners), same(peerOwners, before.peerOwners),
                ulp,
                source, counters);
    }

    private static <T> @Nullable T same(@Nullable T value, @Nullable T before) {
        return Objects.equals(value, before) ? before : value;
    }
}
