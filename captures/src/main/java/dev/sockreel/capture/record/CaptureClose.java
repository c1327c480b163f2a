package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/**
 * Last record of a file that was ended on purpose.
 *
 * @param snapshots in this file
 */
public record CaptureClose(int snapshots, ReceiveTime time) implements CaptureRecord {
    static final int TYPE = 12;

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
        out.writeIntLE(snapshots);
        time.encode(out);
    }

    static CaptureClose decode(ByteBuf in) {
        return new CaptureClose(in.readIntLE(), ReceiveTime.decode(in));
    }
}
