package dev.sockreel.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads and writes 32-bit words of messages in the byte order of the host that sent them. */
public final class HostWords {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final boolean isBig;

    public HostWords(ByteOrder order) {
        isBig = order == ByteOrder.BIG_ENDIAN;
    }

    public int get(byte[] from, int at) {
        int value = (int) INT.get(from, at);
        return isBig ? Integer.reverseBytes(value) : value;
    }

    public void put(byte[] to, int at, int value) {
        INT.set(to, at, isBig ? Integer.reverseBytes(value) : value);
    }

    /** Returns whether the upper half of a 64-bit number comes first. */
    public boolean isBig() {
        return isBig;
    }

    /** Reads 16 bits: nlmsg_type, nla_len, nla_type. */
    public int get16(byte[] from, int at) {
        int first = from[at] & 0xff;
        int second = from[at + 1] & 0xff;
        return isBig ? first << 8 | second : second << 8 | first;
    }

    /** Returns eight bytes as a number that is good for comparing alone. */
    static long eight(byte[] from, int at) {
        return (long) LONG.get(from, at);
    }
}
