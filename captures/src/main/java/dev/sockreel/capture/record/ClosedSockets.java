package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/**
 * One datagram of a multicast group in which the kernel announces destroyed sockets (SKNLGRP_INET_TCP_DESTROY, …),
 * verbatim: their last message.
 *
 * @param snapshot number of the snapshot: it was received after the dumps of the one before, and stands after its own
 *                 snapshot's dumps; that of the last snapshot if it was received later, and then stands after its end
 * @param netns    number of the namespace
 * @param number   number in the recording, from 0
 * @param msgFlags msg_flags as recvmsg returned them
 * @param time     when recvmsg returned
 * @param data     the bytes; in a reader a slice of its group, valid as long as it is held
 */
public record ClosedSockets(int snapshot, int netns, int number, int msgFlags, ReceiveTime time,
        ByteBuf data) implements SnapshotPart {
    static final int TYPE = 15;

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 16 + ReceiveTime.BYTES + data.readableBytes();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        out.writeIntLE(netns);
        out.writeIntLE(number);
        out.writeIntLE(msgFlags);
        time.encode(out);
        out.writeBytes(data, data.readerIndex(), data.readableBytes());
    }

    static ClosedSockets decode(ByteBuf in) {
        return new ClosedSockets(
                in.readIntLE(), in.readIntLE(), in.readIntLE(), in.readIntLE(), ReceiveTime.decode(in), in.slice());
    }
}
