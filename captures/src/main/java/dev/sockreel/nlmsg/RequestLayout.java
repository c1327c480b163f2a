package dev.sockreel.nlmsg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The struct with which a family's sockets are asked for: it is written by the recorder and read by the analyzer.
 * Offsets are bytes from the payload's begin; the first byte is the family's AF_*.
 *
 * @param name       the struct's name in the uapi headers
 * @param bytes      its length; attributes follow it
 * @param protocolAt offset of the protocol, one byte; {@link #NONE} where the family has no protocols
 * @param statesAt   offset of the mask of states, a u32; {@link #NONE} where it cannot be asked by state
 * @param showAt     offset of the mask that asks for attributes; {@link #NONE} where there is none
 * @param showBytes  length of that mask: 1 or 4
 */
public record RequestLayout(String name, int bytes, int protocolAt, int statesAt, int showAt, int showBytes) {
    /** The offset of a field that the struct does not hold. */
    public static final int NONE = -1;
    /** uapi/linux/inet_diag.h: u32 attribute of a request, preferred to the struct's byte. */
    public static final int INET_DIAG_REQ_PROTOCOL = 3;

    /** uapi/linux/inet_diag.h: family, protocol, ext, pad, states, inet_diag_sockid. */
    public static final RequestLayout INET_DIAG_REQ_V2 = new RequestLayout("inet_diag_req_v2", 56, 1, 4, 2, 1);
    /** uapi/linux/packet_diag.h: family, protocol, pad, ino, show, cookie; netlink and xdp have the same. */
    static final RequestLayout PACKET_DIAG_REQ = new RequestLayout("packet_diag_req", 20, 1, NONE, 8, 4);

    private static final int WIDE_PROTOCOL_BYTES = 8;

    /**
     * Returns the payload in native byte order.
     *
     * <p>A protocol above 255 goes into an attribute. The struct's byte then stays 0, because a kernel that does not
     * know the attribute would take 262 &amp; 0xff for TCP and answer with that.
     *
     * @param protocol ignored where the struct has no place for it, like states and show
     */
    byte[] payload(int af, int protocol, long states, long show) {
        boolean wide = protocol > 0xff;
        ByteBuffer out = ByteBuffer.allocate(bytes + (wide ? WIDE_PROTOCOL_BYTES : 0)).order(ByteOrder.nativeOrder());
        out.put(0, (byte) af);
        if (protocolAt != NONE && !wide) {
            out.put(protocolAt, (byte) protocol);
        }
        if (statesAt != NONE) {
            out.putInt(statesAt, (int) states);
        }
        if (showAt != NONE && showBytes == 1) {
            out.put(showAt, (byte) show);
        } else if (showAt != NONE) {
            out.putInt(showAt, (int) show);
        }
        if (wide) {
            out.position(bytes);
            out.putShort((short) WIDE_PROTOCOL_BYTES).putShort((short) INET_DIAG_REQ_PROTOCOL).putInt(protocol);
        }
        return out.array();
    }
}
