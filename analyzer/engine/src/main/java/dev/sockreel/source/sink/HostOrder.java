package dev.sockreel.source.sink;

import dev.sockreel.nlmsg.Nlmsghdr;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Byte order of a netlink buffer, from its first header: raw sources carry none. A length that fits its buffer and a
 * type under 256 fit one order only (a multiple of 65536 bytes aside, which no kernel sends).
 */
public final class HostOrder {
    /** Null when neither order makes a message of it. */
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
