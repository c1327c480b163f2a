package dev.sockreel.recorder;

import dev.sockreel.capture.ReceiveTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A direct buffer for one datagram and what recvmsg said of it. Slots are made once and reused; one belongs to the
 * receiver until it is handed to the {@link Spool}, and to the pool again after it was written.
 */
final class ReceiveSlot {
    final ByteBuf buf;
    /** The same bytes, native order: the shortest way to a header. */
    final ByteBuffer nio;
    final MemorySegment memory;
    final int capacityBytes;

    /** Bytes in {@link #buf}. */
    int length;
    /** Bytes the kernel sent. */
    int trueLength;
    int msgFlags;
    int senderPid;
    int dump;
    int number;
    /** Messages in it that tell of a socket. */
    int sockets;
    ReceiveTime time = ReceiveTime.NONE;

    ReceiveSlot(ByteBuffer direct) {
        buf = Unpooled.wrappedBuffer(direct);
        nio = direct.duplicate().order(ByteOrder.nativeOrder());
        memory = MemorySegment.ofBuffer(direct);
        capacityBytes = direct.remaining();
    }
}
