package dev.sockreel.nlmsg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The request with which the recorder lists a family's sockets.
 *
 * @param layout   the request's struct
 * @param af       AF_*
 * @param protocol IPPROTO_* or sdiag_protocol
 * @param states   mask of 1 &lt;&lt; state
 * @param show     mask that asks for attributes: idiag_ext, udiag_show, …
 */
public record FamilyRequest(RequestLayout layout, int af, int protocol, long states, long show) {
    public static final long ALL_STATES = 0xffffffffL;

    /** Returns the whole request: nlmsghdr and payload, in native byte order. */
    public byte[] bytes(int seq) {
        byte[] payload = layout.payload(af, protocol, states, show);
        int length = Nlmsghdr.BYTES + payload.length;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.nativeOrder())
                .putInt(length)
                .putShort((short) Nlmsghdr.SOCK_DIAG_BY_FAMILY)
                .putShort((short) (Nlmsghdr.NLM_F_REQUEST | Nlmsghdr.NLM_F_DUMP))
                .putInt(seq)
                .putInt(0)
                .put(payload)
                .array();
    }
}
