package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.FamilyRequest;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.NlattrWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.RequestLayout;
import dev.sockreel.nlmsg.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The request that a dump answers, as far as a decoder needs it: a reply names neither its protocol nor what was left
 * out of it.
 *
 * @param nlmsgType SOCK_DIAG_BY_FAMILY, TCPDIAG_GETSOCK or DCCPDIAG_GETSOCK
 * @param family    AF_*; of TCPDIAG_GETSOCK as stated, though its dump has IPv4 and IPv6
 * @param protocol  IPPROTO_* of inet families (mptcp is 262), sdiag_protocol of others
 * @param states    mask of 1 &lt;&lt; state; all bits where the family has no such mask
 * @param show      mask of the attributes that are asked for: idiag_ext, udiag_show, ndiag_show, pdiag_show, …
 * @param showKnown false when the request's bytes are not known, or end before that mask: then no attribute counts as
 *                  not requested
 * @param isDump    whether all sockets are asked for (NLM_F_DUMP), else one
 * @param narrowed  whether ports or a bytecode filter leave sockets out, or may, since the request is not known: then
 *                  a socket that is not listed may exist all the same
 * @param seq       nlmsg_seq
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

    /** The old request for dccp (uapi/linux/inet_diag.h). */
    static final int DCCPDIAG_GETSOCK = 19;
    /** Asks for the inodes of the connections in a listener's queue (uapi/linux/unix_diag.h). */
    public static final long UDIAG_SHOW_ICONS = 0x8;

    public static final long ALL_STATES = FamilyRequest.ALL_STATES;

    private static final int INET_DIAG_REQ_BYTES = 60;
    private static final int INET_DIAG_REQ_BYTECODE = 1;

    /**
     * Returns the request that these bytes are, or null when they are shorter than nlmsghdr and sock_diag_req (family
     * and protocol), or of another type.
     */
    public static @Nullable DumpRequest parse(byte[] request, ByteOrder order) {
        return parse(Unpooled.wrappedBuffer(request), 0, request.length, order);
    }

    /** Returns the same of {@code length} bytes from index {@code from} on. */
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
     * Returns a request of which only the id is known.
     *
     * @param id of the table of families: tcp4, unix, unix-icons, …; or tcp for TCPDIAG_GETSOCK. Any other gives a
     *           request whose replies no decoder is known for
     */
    public static DumpRequest ofFamilyId(String id) {
        return FamilyId.parse(id);
    }

    /**
     * Returns the id of what is asked for, see {@link #ofFamilyId}; a family that is not listed is {@code family-N}.
     */
    public String familyId() {
        return FamilyId.of(this);
    }

    /** Returns what two dumps share that may list the same sockets: a protocol of IPv4 and IPv6, or a family. */
    public String kind() {
        return isInet() ? "inet/" + protocol : "family/" + family;
    }

    /** Returns whether a socket is of the same {@link #kind}, whatever its version of IP and its state. */
    public boolean isOfKind(Socket socket) {
        boolean inet = Family.isInet(socket.family());
        return isInet() ? inet && protocol == socket.protocol() : family == socket.family();
    }

    /** Returns whether a complete dump would list a socket like this one. */
    public boolean covers(Socket socket) {
        boolean sameFamily = nlmsgType == Nlmsghdr.TCPDIAG_GETSOCK || family == socket.family();
        return !narrowed && sameFamily && protocolOf(socket) && (states & 1L << socket.stateNumber()) != 0;
    }

    private boolean protocolOf(Socket socket) {
        return !isInet() || protocol == socket.protocol();
    }

    /** Returns whether a message of this type, whose payload begins with this byte, can be a socket that answers it. */
    public boolean isAnsweredBy(int replyType, int firstByte) {
        return replyType == nlmsgType && Families.matches(this, replyType, firstByte);
    }

    /** Returns whether {@link #show} has one of these bits. */
    public boolean asksFor(long bits) {
        return (show & bits) != 0;
    }

    /** Returns whether it is known that none of these bits is asked for; an attribute with 0 comes unasked. */
    boolean leavesOut(long bits) {
        return showKnown && bits != 0 && (show & bits) == 0;
    }

    /** Returns whether the replies are inet_diag_msg. */
    public boolean isInet() {
        return Family.isInet(family) || nlmsgType != Nlmsghdr.SOCK_DIAG_BY_FAMILY;
    }

    /** Parses inet_diag_req: family, src_len, dst_len, ext, sockid of 48 bytes, states, dbs. */
    private static DumpRequest oldRequest(
            WireReader in, int at, int type, int protocol, boolean isDump, long seq) {
        long states = in.fits(at + 52, 4) ? in.u32(at + 52) : ALL_STATES;
        boolean known = in.fits(at + 3, 1);
        long ext = known ? in.u8(at + 3) : 0;
        boolean narrowed = hasPorts(in, at + 4) || hasBytecode(in, at + INET_DIAG_REQ_BYTES);
        return new DumpRequest(type, in.u8(at), protocol, states, ext, known, isDump, narrowed, seq);
    }

    /**
     * Returns whether inet_diag_sockid, which begins with the ports, has any: then the dump leaves out sockets with
     * others.
     */
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
        RequestLayout layout = Family.requestLayout(family);
        int protocol = layout.protocolAt() == RequestLayout.NONE ? 0 : in.u8(at + layout.protocolAt());
        return Family.isInet(family)
                ? inet(in, at, layout, protocol, isDump, seq)
                : masked(in, at, layout, protocol, isDump, false, seq);
    }

    /** inet_diag_req_v2 and its attributes. */
    private static DumpRequest inet(
            WireReader in, int at, RequestLayout layout, int protocol, boolean isDump, long seq) {
        int wide = protocol;
        NlattrWalk attributes = new NlattrWalk(in, at + layout.bytes(), in.end());
        while (attributes.next()) {
            // sdiag_protocol has 8 bits; the kernel prefers this attribute to it
            if (attributes.type() == RequestLayout.INET_DIAG_REQ_PROTOCOL && attributes.valueBytes() >= 4) {
                wide = (int) in.u32(attributes.value());
            }
        }
        boolean narrowed = hasPorts(in, at + 8) || hasBytecode(in, at + layout.bytes());
        return masked(in, at, layout, wide, isDump, narrowed, seq);
    }

    private static DumpRequest masked(
            WireReader in, int at, RequestLayout layout, int protocol, boolean isDump, boolean narrowed, long seq) {
        int statesAt = at + layout.statesAt();
        int showAt = at + layout.showAt();
        boolean hasStates = layout.statesAt() != RequestLayout.NONE && in.fits(statesAt, 4);
        boolean known = layout.showAt() != RequestLayout.NONE && in.fits(showAt, layout.showBytes());
        long show = !known ? 0 : layout.showBytes() == 1 ? in.u8(showAt) : in.u32(showAt);
        return new DumpRequest(
                Nlmsghdr.SOCK_DIAG_BY_FAMILY, in.u8(at), protocol,
                hasStates ? in.u32(statesAt) : ALL_STATES, show, known, isDump, narrowed, seq);
    }
}
