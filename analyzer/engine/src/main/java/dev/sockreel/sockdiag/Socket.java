package dev.sockreel.sockdiag;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.NetlinkAddress;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One socket as one snapshot shows it, from sock_diag or from /proc/net. Unknown values are null, empty or {@link
 * #UNKNOWN}; {@link #unknown()} says why.
 */
public interface Socket {
    int UNKNOWN = -1;
    /** A cookie that the kernel never assigns; stands for none. */
    long NO_COOKIE = 0;

    /** Returns ss's name of the kind: tcp, udp, raw, u_str, u_dgr, u_seq, p_raw, p_dgr, nl, … */
    String netid();

    /** Returns ss's name of the state: ESTAB, LISTEN, CLOSE-WAIT, UNCONN, … */
    String state();

    /**
     * Returns the kernel's number of the state (TCP_ESTABLISHED 1, …, TCP_LISTEN 10); states of sctp associations are
     * mapped to these.
     */
    int stateNumber();

    /** Returns AF_*. */
    int family();

    /** Returns IPPROTO_* of inet sockets, 0 for others; 262 for mptcp. */
    int protocol();

    /** Returns the cookie, unsigned; {@link #NO_COOKIE} when not known. */
    long cookie();

    /** Returns the inode: 0 for none (not accepted, orphaned, TIME-WAIT), {@link #UNKNOWN} when not known. */
    long inode();

    /** Returns the owner's user id, {@link #UNKNOWN} when not known. */
    long uid();

    /** Returns the index of the device the socket is bound to; 0 for none, {@link #UNKNOWN} when not known. */
    int ifindex();

    Queue recvQ();

    Queue sendQ();

    /**
     * Returns the local address in the notation of ss -n; null when the socket has no name. Unprintable bytes are
     * written as {@code \xnn}.
     */
    @Nullable
    SocketAddress local();

    /**
     * Returns the peer's address in the notation of ss -n; null for unix sockets, whose peer's name is in another row.
     */
    @Nullable
    SocketAddress peer();

    /** Returns the local port in the upper and the peer's in the lower 16 bits; 0 for kinds without ports. */
    default int portPair() {
        return InetEndpoint.portPair(local(), peer());
    }

    /** Returns the inode of a unix peer: 0 for a peer without an inode, {@link #UNKNOWN} when the kernel named none. */
    long peerInode();

    /** Returns the inode of a unix socket's file; {@link #UNKNOWN} for none. */
    long fileInode();

    /** Returns the device of a unix socket's file, major &lt;&lt; 20 | minor; {@link #UNKNOWN} for none. */
    long fileDevice();

    /** Returns the inodes of the clients in a unix listener's queue; null when the kernel did not list them. */
    default long @Nullable [] pendingClients() {
        return null;
    }

    /**
     * Returns the addresses of an attribute that is an array of them: INET_DIAG_LOCALS and INET_DIAG_PEERS of an sctp
     * association; empty when the row has none.
     */
    default List<InetEndpoint> addresses(int attributeType) {
        return List.of();
    }

    /** Returns the upper layer protocol (tls, mptcp), which may consume data inside the kernel; null for none. */
    @Nullable
    String ulp();

    /** Returns the name of the congestion control algorithm (INET_DIAG_CONG); null when not known. */
    default @Nullable String congestionControl() {
        return null;
    }

    /** Returns for each null field of the JSON output why it is null. */
    Map<String, Unknown> unknown();

    /** Returns a lasting copy, since a cursor's socket changes. */
    Socket hold();

    /** Returns {@code sock_diag} or {@code proc}. */
    String source();

    /** All attributes by their uapi names, as one object. */
    <E extends Exception> void attributes(ValueSink<E> out) throws E;

    /**
     * Returns one field of an attribute that is a struct.
     *
     * @return empty when the attribute is absent or shorter than the field
     */
    OptionalLong value(StructField field);

    /** Returns the same without an object; {@code ifAbsent} when the field is absent. */
    default long value(StructField field, long ifAbsent) {
        return value(field).orElse(ifAbsent);
    }

    /** Returns whether the message has an attribute of this nla_type; a row without a message has none. */
    default boolean has(int attributeType) {
        return false;
    }

    /**
     * Returns whether the socket listens. The state decides where there is no queue: vsock has none, a row of /proc may
     * lack it.
     */
    default boolean isListener() {
        return stateNumber() == TcpState.LISTEN || recvQ().meaning() == Queue.Meaning.PENDING_CONNECTIONS;
    }

    /** Returns whether this is the kernel's own end of netlink (port id 0), which no process can hold. */
    default boolean isKernelsOwn() {
        return family() == Family.AF_NETLINK && local() instanceof NetlinkAddress own && own.isKernel();
    }

    /** Returns whether a tcp or mptcp socket has received a FIN: CLOSE-WAIT, CLOSING or LAST-ACK. */
    default boolean finReceived() {
        return (protocol() == InetProtocol.IPPROTO_TCP || protocol() == InetProtocol.IPPROTO_MPTCP)
                && switch (stateNumber()) {
                    case TcpState.CLOSE_WAIT, TcpState.CLOSING, TcpState.LAST_ACK -> true;
                    default -> false;
                };
    }

    /**
     * Returns the bytes that the application has not read, without a FIN; empty where the kernel's number does not show
     * them.
     */
    default OptionalLong unread() {
        return switch (recvQ()) {
            case Queue.UnreadBytes q -> OptionalLong.of(q.bytes());
            case Queue.SequenceBytes q -> OptionalLong.of(finReceived() && q.bytes() > 0 ? q.bytes() - 1 : q.bytes());
            default -> OptionalLong.empty();
        };
    }

    /** Returns whether something waits to be received, even where its length is not known; null when not known. */
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

    /**
     * Returns true when an EOF was not read, null when a FIN came and the queue does not show whether it was read, else
     * false.
     */
    default @Nullable Boolean eofUnread() {
        if (!finReceived()) {
            return false;
        }
        return recvQ() instanceof Queue.SequenceBytes q && q.bytes() > 0 ? Boolean.TRUE : null;
    }
}
