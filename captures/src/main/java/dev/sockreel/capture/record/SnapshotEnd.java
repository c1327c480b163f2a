package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/**
 * A snapshot is whole: everything of it stands before this record.
 *
 * @param dumps how many dumps it has
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
