package dev.sockreel.recorder.family;

import dev.sockreel.nlmsg.DiagModule;
import dev.sockreel.nlmsg.Nlmsghdr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for one family, and where else the host tells of it.
 *
 * @param id       in the capture: tcp4, unix-icons, …
 * @param group    that {@code --families} takes for several: tcp is tcp4 and tcp6
 * @param payload  after nlmsghdr, native byte order
 * @param text     name under /proc/net that stands in when the handler is missing; null when there is none
 * @param module   that holds the handler
 * @param row      of /proc/net/protocols that counts its sockets
 */
public record FamilyRequest(
        String id, String group, Payload payload, @Nullable String text, DiagModule module, String row) {

    /** Bytes that nobody changes. */
    static final class Payload {
        private final byte[] bytes;

        Payload(ByteBuffer filled) {
            bytes = new byte[filled.capacity()];
            filled.get(0, bytes);
        }
    }

    /** The whole request: nlmsghdr and payload. */
    public byte[] bytes(int seq) {
        int length = Nlmsghdr.BYTES + payload.bytes.length;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.nativeOrder())
                .putInt(length)
                .putShort((short) Nlmsghdr.SOCK_DIAG_BY_FAMILY)
                .putShort((short) (Nlmsghdr.NLM_F_REQUEST | Nlmsghdr.NLM_F_DUMP))
                .putInt(seq)
                .putInt(0)
                .put(payload.bytes)
                .array();
    }
}
