package dev.sockreel.recorder;

import dev.sockreel.capture.ReceiveTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A direct buffer for one datagram and what recvmsg said of it. Slots are made once and reused; one belongs to the
 * receiver until it is handed to the {@link Spool}, and to the pool again after it was written.
 */
final class ReceiveSlot implements SpoolItem {
    final ByteBuf buf;
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
        memory = MemorySegment.ofBuffer(direct);
        capacityBytes = direct.remaining();
    }
}
