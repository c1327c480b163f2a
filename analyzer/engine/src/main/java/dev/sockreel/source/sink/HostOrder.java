package dev.sockreel.source.sink;

import dev.sockreel.nlmsg.Nlmsghdr;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Detects the byte order of a netlink buffer from its first header, since raw sources do not state it. A length that
 * fits its buffer and a type under 256 fit one order only (except multiples of 65536 bytes, which no kernel sends).
 */
public final class HostOrder {
    /** Returns the byte order; null when neither order makes a message of the bytes. */
    public static @Nullable ByteOrder of(ByteBuf buf, int at) {
        if (at + Nlmsghdr.BYTES > buf.readableBytes()) {
            return null;
        }
        int left = buf.readableBytes() - at;
        boolean little = plausible(buf.getUnsignedIntLE(at), buf.getUnsignedShortLE(at + 4), left);
        boolean big = plausible(buf.getUnsignedInt(at), buf.getUnsignedShort(at + 4), left);
        return little == big ? null : little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    public static @Nullable ByteOrder of(byte[] request) {
        return of(Unpooled.wrappedBuffer(request), 0);
    }

    private static boolean plausible(long length, int type, int left) {
        return length >= Nlmsghdr.BYTES && length <= Math.max(left, 1 << 16) && type > 0 && type < 256;
    }

    private HostOrder() {}
}
