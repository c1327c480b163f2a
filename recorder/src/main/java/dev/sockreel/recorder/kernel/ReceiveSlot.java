package dev.sockreel.recorder.kernel;

import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A direct buffer for one datagram, with the results of recvmsg. Slots are allocated once and reused. A slot belongs to
 * the receiver until it is passed to the writing thread, and returns to the pool once written.
 */
public final class ReceiveSlot {
    public final ByteBuf buf;
    /** A view of {@link #buf} in native order, for fast access to headers. */
    public final ByteBuffer nio;
    final MemorySegment memory;
    final int capacityBytes;

    /** The number of bytes in {@link #buf}. */
    public int length;
    /** The number of bytes the kernel sent. */
    public int trueLength;
    public int msgFlags;
    public int senderPid;
    public int dump;
    public int number;
    /** The number of socket messages in it. */
    public int sockets;
    public ReceiveTime time = ReceiveTime.NONE;

    ReceiveSlot(ByteBuffer direct) {
        buf = Unpooled.wrappedBuffer(direct);
        nio = direct.duplicate().order(ByteOrder.nativeOrder());
        memory = MemorySegment.ofBuffer(direct);
        capacityBytes = direct.remaining();
    }
}
