package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/**
 * The end of a snapshot: all its records stand before this one.
 *
 * @param snapshot number of the snapshot
 * @param dumps    number of its dumps
 * @param time     end of the snapshot
 */
public record SnapshotEnd(int snapshot, int dumps, ReceiveTime time) implements SnapshotPart {
    public static final int TYPE = 11;

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 8 + ReceiveTime.BYTES;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        out.writeIntLE(dumps);
        time.encode(out);
    }

    static SnapshotEnd decode(ByteBuf in) {
        return new SnapshotEnd(in.readIntLE(), in.readIntLE(), ReceiveTime.decode(in));
    }
}
