package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One socket as one snapshot shows it, from sock_diag or from /proc/net. What is not known is null, empty or
 * {@link #UNKNOWN}, and {@link #unknown()} says why.
 */
public interface Socket {
    int UNKNOWN = -1;
    /** The kernel never gives this cookie. */
    long NO_COOKIE = 0;

    /** ss's name of the kind: tcp, udp, raw, u_str, u_dgr, u_seq, p_raw, p_dgr, nl, … */
    String netid();

    /** ss's name of the state: ESTAB, LISTEN, CLOSE-WAIT, UNCONN, … */
    String state();

    /** The kernel's number of the state (TCP_ESTABLISHED 1, …, TCP_LISTEN 10), sctp associations mapped to them. */
    int stateNumber();

    /** AF_*. */
    int family();

    /** IPPROTO_* of inet sockets, 0 for others; 262 for mptcp. */
    int protocol();

    /** {@link #NO_COOKIE} when not known. Unsigned. */
    long cookie();

    /** 0: no inode (not accepted, orphaned, TIME-WAIT); {@link #UNKNOWN} when not known. */
    long inode();

    /** {@link #UNKNOWN} when not known. */
    long uid();

    /** The device a socket is bound to; 0 for none, {@link #UNKNOWN} when not known. */
    int ifindex();

    Queue recvQ();

    Queue sendQ();

    /** ss -n's notation, null when the socket has no name. What is not printable stands as {@code \xnn}. */
    @Nullable
    String local();

    /** Likewise. Of unix sockets null here: the peer's name is a matter of the whole snapshot. */
    @Nullable
    String peer();

    /** unix: inode of the peer, 0 for a peer without an inode; {@link #UNKNOWN} when the kernel named none. */
    long peerInode();

    /** unix: inode number of the socket's file; {@link #UNKNOWN} for none. */
    long fileInode();

    /** unix: device of the socket's file, major &lt;&lt; 20 | minor; {@link #UNKNOWN} for none. */
    long fileDevice();

    /** unix listener: inodes of the clients that wait in its queue; null when the kernel did not list them. */
    default long @Nullable [] pendingClients() {
        return null;
    }

    /** Name of the upper layer protocol (tls, mptcp), which may consume data inside the kernel; null for none. */
    @Nullable
    String ulp();

    /** Name of the congestion control algorithm (INET_DIAG_CONG); null when not known. */
    default @Nullable String congestionControl() {
        return null;
    }

    /** Field of the JSON output → why it is null. */
    Map<String, Unknown> unknown();

    /** An independent socket to keep, where this one is a cursor's. */
    Socket hold();

    /** {@code sock_diag} or {@code proc}. */
    String source();

    /** All attributes by their uapi names, as one object. */
    <E extends Exception> void attributes(ValueSink<E> out) throws E;

    /**
     * One field of an attribute that is a struct.
     *
     * @return empty when the attribute is absent or shorter than the field
     */
    OptionalLong value(StructField field);

    /** The same without an object: {@code ifAbsent} when the field is not there. */
    default long value(StructField field, long ifAbsent) {
        return value(field).orElse(ifAbsent);
    }

    /** Whether the message has an attribute of this nla_type; a row without a message has none. */
    default boolean has(int attributeType) {
        return false;
    }

    /** Also where the queue is of no use: vsock has none, a /proc row may lack it. */
    default boolean isListener() {
        return stateNumber() == TcpState.LISTEN || recvQ().meaning() == Queue.Meaning.PENDING_CONNECTIONS;
    }

    /** The kernel's own end of netlink (port id 0), which no process can hold. */
    default boolean isKernelsOwn() {
        return family() == Family.AF_NETLINK && String.valueOf(local()).endsWith(":0");
    }

    /** CLOSE-WAIT, CLOSING or LAST-ACK of tcp or mptcp: a FIN has been received. */
    default boolean finReceived() {
        return (protocol() == InetProtocol.IPPROTO_TCP || protocol() == InetProtocol.IPPROTO_MPTCP)
                && switch (stateNumber()) {
                    case TcpState.CLOSE_WAIT, TcpState.CLOSING, TcpState.LAST_ACK -> true;
                    default -> false;
                };
    }

    /** Bytes the application has not read, FIN taken off; empty wherever the kernel's number does not tell. */
    default OptionalLong unread() {
        return switch (recvQ()) {
            case Queue.UnreadBytes q -> OptionalLong.of(q.bytes());
            case Queue.SequenceBytes q -> OptionalLong.of(finReceived() && q.bytes() > 0 ? q.bytes() - 1 : q.bytes());
            default -> OptionalLong.empty();
        };
    }

    /** Whether something waits to be received, also where bytes are not known; null when that cannot be told. */
    default @Nullable Boolean waiting() {
        return switch (recvQ()) {
            case Queue.UnreadBytes q -> q.bytes() > 0;
            case Queue.SequenceBytes q -> unread().orElse(0) > 0;
            case Queue.MemoryBytes q -> q.bytes() > 0;
            case Queue.FirstDatagramBytes q -> q.bytes() > 0 ? Boolean.TRUE : null;
            case Queue.PendingConnections q -> Boolean.FALSE;
            case Queue.BacklogLimit q -> Boolean.FALSE;
            case Queue.NotMeasured q -> null;
            case Queue.None q -> null;
            case Queue.NotKnown q -> q.meaning() == Queue.Meaning.PENDING_CONNECTIONS ? Boolean.FALSE : null;
        };
    }

    /** True: an EOF was not read; null: a FIN came and the queue does not tell; else false. */
    default @Nullable Boolean eofUnread() {
        if (!finReceived()) {
            return false;
        }
        return recvQ() instanceof Queue.SequenceBytes q && q.bytes() > 0 ? Boolean.TRUE : null;
    }
}
