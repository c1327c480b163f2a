package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/**
 * The last record of a file that was closed.
 *
 * @param snapshots number of snapshots begun in this file
 * @param time      end of the recording
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
