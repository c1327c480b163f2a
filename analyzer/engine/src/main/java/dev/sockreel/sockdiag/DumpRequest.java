package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.NlattrWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder must know of the request that a dump answers: a reply names neither its protocol nor what was left
 * out of it.
 *
 * @param nlmsgType     SOCK_DIAG_BY_FAMILY, TCPDIAG_GETSOCK or DCCPDIAG_GETSOCK
 * @param family AF_*; of TCPDIAG_GETSOCK as stated, though its dump has IPv4 and IPv6
 * @param protocol      IPPROTO_* of inet families (mptcp is 262), sdiag_protocol of others
 * @param states        mask of 1 &lt;&lt; state; all bits where the family has no such mask
 * @param show          idiag_ext, udiag_show, ndiag_show, pdiag_show, …: which attributes are asked for
 * @param showKnown     false when the request's bytes are not known (or end before it): then nothing can be called
 *                      not requested
 * @param isDump        NLM_F_DUMP; else a look-up of one socket
 * @param narrowed      ports or a bytecode filter leave sockets out, or may, since the request is not known: then a
 *                      socket that is not listed may be there all the same
 * @param seq           nlmsg_seq
 */
public record DumpRequest(
        int nlmsgType,
        int family,
        int protocol,
        long states,
        long show,
        boolean showKnown,
        boolean isDump,
        boolean narrowed,
        long seq) {

    /** uapi/linux/inet_diag.h: the old request for dccp. */
    static final int DCCPDIAG_GETSOCK = 19;
    /** uapi/linux/unix_diag.h: inodes of the connections that wait in a listener's queue. */
    public static final long UDIAG_SHOW_ICONS = 0x8;

    public static final long ALL_STATES = 0xffffffffL;

    private static final int INET_DIAG_REQ_V2_BYTES = 56;
    private static final int INET_DIAG_REQ_BYTES = 60;
    private static final int INET_DIAG_REQ_BYTECODE = 1;
    private static final int INET_DIAG_REQ_PROTOCOL = 3;

    /**
     * @return null when the bytes are not even nlmsghdr and sock_diag_req (family and protocol), or of another type
     */
    public static @Nullable DumpRequest parse(byte[] request, ByteOrder order) {
        return parse(Unpooled.wrappedBuffer(request), 0, request.length, order);
    }

    /** The same of {@code length} bytes from {@code from} on. */
    public static @Nullable DumpRequest parse(ByteBuf buf, int from, int length, ByteOrder order) {
        if (from < 0 || length < Nlmsghdr.BYTES + 2 || from > buf.capacity() - length) {
            return null;
        }
        WireReader in = new WireReader(buf, from + length, order);
        long stated = in.u32(from);
        if (stated < Nlmsghdr.BYTES + 2) {
            return null;
        }
        in.wrap(buf, from + (int) Math.min(stated, length), order);
        int type = in.u16(from + 4);
        boolean isDump = (in.u16(from + 6) & Nlmsghdr.NLM_F_DUMP) != 0;
        long seq = in.u32(from + 8);
        int at = from + Nlmsghdr.BYTES;
        return switch (type) {
            case Nlmsghdr.SOCK_DIAG_BY_FAMILY -> byFamily(in, at, isDump, seq);
            case Nlmsghdr.TCPDIAG_GETSOCK -> oldRequest(in, at, type, InetProtocol.IPPROTO_TCP, isDump, seq);
            case DCCPDIAG_GETSOCK -> oldRequest(in, at, type, InetProtocol.IPPROTO_DCCP, isDump, seq);
            default -> null;
        };
    }

    /**
     * A dump whose request is not known.
     *
     * @param id tcp4, tcp6, udp4, …, unix, unix-icons (listeners alone, with ICONS), packet, netlink, …; tcp for TCPDIAG_GETSOCK
     *           A name that is none of these gives a request whose replies are of no known socket kind
     */
    public static DumpRequest ofFamilyId(String id) {
        return FamilyId.parse(id);
    }

    /** The name of what is asked for: see {@link #ofFamilyId}. A family without a name is {@code family-N}. */
    public String familyId() {
        return FamilyId.of(this);
    }

    /** What dumps have in common that may list the same sockets: IPv4 and IPv6 of a protocol, or a family. */
    public String kind() {
        return isInet() ? "inet/" + protocol : "family/" + family;
    }

    /** Whether it asks for sockets of the same {@link #kind}, of whatever version of IP and in whatever state. */
    public boolean isOfKind(Socket socket) {
        boolean inet = FamilyId.isInet(socket.family());
        return isInet() ? inet && protocol == socket.protocol() : family == socket.family();
    }

    /** Whether a complete dump would list a socket like this one. */
    public boolean covers(Socket socket) {
        boolean sameFamily = nlmsgType == Nlmsghdr.TCPDIAG_GETSOCK || family == socket.family();
        return !narrowed && sameFamily && protocolOf(socket) && (states & 1L << socket.stateNumber()) != 0;
    }

    private boolean protocolOf(Socket socket) {
        return !isInet() || protocol == socket.protocol();
    }

    /** Whether a message of that type, whose payload begins with that byte, can be a socket that answers it. */
    public boolean isAnsweredBy(int replyType, int firstByte) {
        return replyType == nlmsgType && Families.matches(this, replyType, firstByte);
    }

    /** One of the bits of {@link #show} is set. */
    public boolean asksFor(long bits) {
        return (show & bits) != 0;
    }

    /** The request is known and asks for none of these; 0 is asked for by nothing, the kernel sends it unasked. */
    boolean leavesOut(long bits) {
        return showKnown && bits != 0 && (show & bits) == 0;
    }

    /** A stated family of an inet protocol: their replies are inet_diag_msg. */
    public boolean isInet() {
        return FamilyId.isInet(family) || nlmsgType != Nlmsghdr.SOCK_DIAG_BY_FAMILY;
    }

    /** inet_diag_req: family, src_len, dst_len, ext, sockid of 48 bytes, states, dbs. */
    private static DumpRequest oldRequest(
            WireReader in, int at, int type, int protocol, boolean isDump, long seq) {
        long states = in.fits(at + 52, 4) ? in.u32(at + 52) : ALL_STATES;
        boolean known = in.fits(at + 3, 1);
        long ext = known ? in.u8(at + 3) : 0;
        boolean narrowed = hasPorts(in, at + 4) || hasBytecode(in, at + INET_DIAG_REQ_BYTES);
        return new DumpRequest(type, in.u8(at), protocol, states, ext, known, isDump, narrowed, seq);
    }

    /** inet_diag_sockid begins with the ports; a dump leaves out sockets with others. */
    private static boolean hasPorts(WireReader in, int sockid) {
        return in.fits(sockid, 4) && in.u32(sockid) != 0;
    }

    private static boolean hasBytecode(WireReader in, int from) {
        NlattrWalk attributes = new NlattrWalk(in, from, in.end());
        while (attributes.next()) {
            if (attributes.type() == INET_DIAG_REQ_BYTECODE && attributes.valueBytes() > 0) {
                return true;
            }
        }
        return false;
    }

    private static DumpRequest byFamily(WireReader in, int at, boolean isDump, long seq) {
        int family = in.u8(at);
        int protocol = in.u8(at + 1);
        return switch (family) {
            case Family.AF_INET, Family.AF_INET6 -> inet(in, at, family, protocol, isDump, seq);
            case Family.AF_SMC -> masked(in, at, family, 0, -1, 3, 1, isDump, seq);
            case Family.AF_UNIX, Family.AF_VSOCK -> masked(in, at, family, protocol, 4, 12, 4, isDump, seq);
            case Family.AF_TIPC -> masked(in, at, family, protocol, 4, -1, 0, isDump, seq);
            default -> masked(in, at, family, protocol, -1, 8, 4, isDump, seq);
        };
    }

    /** inet_diag_req_v2: family, protocol, ext, pad, states, sockid; then attributes. */
    private static DumpRequest inet(WireReader in, int at, int family, int protocol, boolean isDump, long seq) {
        int wide = protocol;
        NlattrWalk attributes = new NlattrWalk(in, at + INET_DIAG_REQ_V2_BYTES, in.end());
        while (attributes.next()) {
            // sdiag_protocol has 8 bits; the kernel prefers this attribute to it
            if (attributes.type() == INET_DIAG_REQ_PROTOCOL && attributes.valueBytes() >= 4) {
                wide = (int) in.u32(attributes.value());
            }
        }
        DumpRequest all = masked(in, at, family, wide, 4, 2, 1, isDump, seq);
        boolean narrowed = hasPorts(in, at + 8) || hasBytecode(in, at + INET_DIAG_REQ_V2_BYTES);
        return narrowed
                ? new DumpRequest(all.nlmsgType, family, wide, all.states, all.show, all.showKnown, isDump, true, seq)
                : all;
    }

    private static DumpRequest masked(
            WireReader in, int at, int family, int protocol, int statesAt, int showAt, int showBytes,
            boolean isDump, long seq) {
        boolean hasStates = statesAt >= 0 && in.fits(at + statesAt, 4);
        boolean known = showAt >= 0 && in.fits(at + showAt, showBytes);
        long show = !known ? 0 : showBytes == 1 ? in.u8(at + showAt) : in.u32(at + showAt);
        return new DumpRequest(
                Nlmsghdr.SOCK_DIAG_BY_FAMILY, family, protocol,
                hasStates ? in.u32(at + statesAt) : ALL_STATES, show, known, isDump, false, seq);
    }
}
