package dev.sockreel.recorder.kernel;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.recorder.spool.Spool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A direct buffer for one datagram and what recvmsg said of it. Slots are made once and reused; one belongs to the
 * receiver until it is handed to the {@link Spool}, and to the pool again after it was written.
 */
public final class ReceiveSlot {
    public final ByteBuf buf;
    /** The same bytes, native order: the shortest way to a header. */
    public final ByteBuffer nio;
    final MemorySegment memory;
    final int capacityBytes;

    /** Bytes in {@link #buf}. */
    public int length;
    /** Bytes the kernel sent. */
    public int trueLength;
    public int msgFlags;
    public int senderPid;
    public int dump;
    public int number;
    /** Messages in it that tell of a socket. */
    public int sockets;
    public ReceiveTime time = ReceiveTime.NONE;

    ReceiveSlot(ByteBuffer direct) {
        buf = Unpooled.wrappedBuffer(direct);
        nio = direct.duplicate().order(ByteOrder.nativeOrder());
        memory = MemorySegment.ofBuffer(direct);
        capacityBytes = direct.remaining();
    }
}
