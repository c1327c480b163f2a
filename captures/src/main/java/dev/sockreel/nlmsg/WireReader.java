package dev.sockreel.nlmsg;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the integers of one netlink buffer in the capturing host's byte order, except where a method says network
 * order. Offsets are bytes from the buffer's index 0. A read past {@link #end()} throws
 * {@link IndexOutOfBoundsException}; callers check {@link #fits} first where a length comes from the data. One reader
 * is reused for many buffers, so that hot loops allocate nothing per socket.
 */
public final class WireReader {
    private static final VarHandle SHORT_LE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteBuf buf;
    /** The buffer's array, which is read without the buffer's own checks; null where it has none. */
    private byte @Nullable [] array;
    private int arrayFrom;
    private int end;
    private boolean little;

    public WireReader(ByteBuf buf, int end, ByteOrder order) {
        this.buf = buf;
        wrap(buf, end, order);
    }

    private static VarHandle view(Class<?> elements, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(elements, order);
    }

    public WireReader wrap(ByteBuf buf, int end, ByteOrder order) {
        if (end < 0 || end > buf.capacity()) {
            throw new IndexOutOfBoundsException("end " + end + " of a buffer of " + buf.capacity());
        }
        this.buf = buf;
        this.end = end;
        this.little = order == ByteOrder.LITTLE_ENDIAN;
        this.array = buf.hasArray() ? buf.array() : null;
        this.arrayFrom = array == null ? 0 : buf.arrayOffset();
        return this;
    }

    public ByteBuf buf() {
        return buf;
    }

    /** One past the last byte that may be read. */
    public int end() {
        return end;
    }

    public ByteOrder order() {
        return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    public boolean fits(int at, int bytes) {
        return at >= 0 && bytes >= 0 && at <= end - bytes;
    }

    public int u8(int at) {
        check(at, 1);
        byte[] a = array;
        return a != null ? a[arrayFrom + at] & 0xff : buf.getUnsignedByte(at);
    }

    public int u16(int at) {
        check(at, 2);
        byte[] a = array;
        if (a != null && little) {
            return (short) SHORT_LE.get(a, arrayFrom + at) & 0xffff;
        }
        return little ? buf.getUnsignedShortLE(at) : buf.getUnsignedShort(at);
    }

    public int s32(int at) {
        check(at, 4);
        byte[] a = array;
        if (a != null && little) {
            return (int) INT_LE.get(a, arrayFrom + at);
        }
        return little ? buf.getIntLE(at) : buf.getInt(at);
    }

    public long u32(int at) {
        return Integer.toUnsignedLong(s32(at));
    }

    /** Reads a u64: all 64 bits, to be printed with {@link Long#toUnsignedString(long)}. */
    public long u64(int at) {
        check(at, 8);
        byte[] a = array;
        if (a != null && little) {
            return (long) LONG_LE.get(a, arrayFrom + at);
        }
        return little ? buf.getLongLE(at) : buf.getLong(at);
    }

    /** Reads a u16 in network order, whatever the host's: ports of inet_diag_sockid. */
    public int be16(int at) {
        check(at, 2);
        return buf.getUnsignedShort(at);
    }

    /** Network order: 4 bytes of an internet address. */
    public int be32(int at) {
        check(at, 4);
        return buf.getInt(at);
    }

    /** Network order: half of an IPv6 address. */
    public long be64(int at) {
        check(at, 8);
        return buf.getLong(at);
    }

    public byte[] bytes(int at, int length) {
        check(at, length);
        byte[] out = new byte[length];
        buf.getBytes(at, out);
        return out;
    }

    private void check(int at, int bytes) {
        if (!fits(at, bytes)) {
            throw new IndexOutOfBoundsException(bytes + " bytes at " + at + ", the buffer ends at " + end);
        }
    }
}
