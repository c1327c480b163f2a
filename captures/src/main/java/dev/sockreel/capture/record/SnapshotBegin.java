package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/**
 * The begin of a snapshot.
 *
 * @param snapshot number in the whole recording, from 0
 * @param time     taken before its first request was sent
 */
public record SnapshotBegin(int snapshot, ReceiveTime time) implements SnapshotPart {
    public static final int TYPE = 4;

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 4 + ReceiveTime.BYTES;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        time.encode(out);
    }

    static SnapshotBegin decode(ByteBuf in) {
        return new SnapshotBegin(in.readIntLE(), ReceiveTime.decode(in));
    }
}
