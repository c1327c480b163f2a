package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/**
 * One received buffer, verbatim.
 *
 * @param dump       number of the dump it belongs to
 * @param number     number in its dump, from 0
 * @param marks      bit set of {@link #MASKED}, …
 * @param msgFlags   msg_flags as recvmsg returned them
 * @param trueLength bytes the kernel sent; more than {@code data} holds when the buffer was too small
 * @param senderPid  nl_pid of the sender; the kernel is 0
 * @param time       when recvmsg returned
 * @param data       the bytes; in a reader a slice of its group, valid as long as it is held
 */
public record Datagram(
        int dump, int number, int marks, int msgFlags, long trueLength, long senderPid, ReceiveTime time,
        ByteBuf data) implements CaptureRecord {
    static final int TYPE = 6;

    /** Secret bytes in it were zeroed before it was stored. */
    public static final int MASKED = 1;

    /** recvmsg(2): the datagram was longer than the buffer. */
    public static final int MSG_TRUNC = 0x20;

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 40 + data.readableBytes();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(dump);
        out.writeIntLE(number);
        out.writeIntLE(marks);
        out.writeIntLE(msgFlags);
        out.writeIntLE((int) trueLength);
        out.writeIntLE((int) senderPid);
        time.encode(out);
        out.writeBytes(data, data.readerIndex(), data.readableBytes());
    }

    static Datagram decode(ByteBuf in) {
        return new Datagram(
                in.readIntLE(),
                in.readIntLE(),
                in.readIntLE(),
                in.readIntLE(),
                in.readUnsignedIntLE(),
                in.readUnsignedIntLE(),
                ReceiveTime.decode(in),
                in.slice());
    }
}
