package dev.sockreel.snapshot;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that the kernel announced as destroyed (SKNLGRP_INET_TCP_DESTROY, …), as its last message shows it: in state
 * CLOSE, without inode and uid, of tcp with INET_DIAG_INFO. Its cookie may live on in TIME-WAIT.
 *
 * @param time     when the message was received
 * @param netns    inode of the network namespace, 0 when not known
 * @param identity by which snapshots list it; null for none
 */
public record ClosedSocket(ReceiveTime time, long netns, @Nullable SocketIdentity identity, Socket socket) {
    /** The number of a socket without sk_wmem_alloc: udp's (-1 as u32). */
    private static final long NO_WQUEUE = 0xffffffffL;

    /**
     * Returns the bytes of a tcp connection that were discarded unread; a FIN that was not read counts 1. {@link
     * Socket#UNKNOWN} where the kernel does not count them.
     */
    public long discarded() {
        return socket.recvQ() instanceof Queue.SequenceBytes q ? q.bytes() : Socket.UNKNOWN;
    }

    /** Returns the send queue, which is not measured for udp any more. */
    public Queue sendQ() {
        Queue queue = socket.sendQ();
        return queue instanceof Queue.MemoryBytes m && m.bytes() == NO_WQUEUE ? Queue.NOT_MEASURED : queue;
    }
}
