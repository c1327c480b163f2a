package dev.sockreel.zstd;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Writes a zstd frame that is not compressed (RFC 8878, section 3.1.1), for content that compresses too well. */
public final class RawZstdFrame {
    private static final int MAGIC = 0xFD2FB528;
    /** A single segment, whose size stands in four bytes. */
    private static final int DESCRIPTOR = 0xa0;
    private static final int MAX_BLOCK_BYTES = 128 << 10;

    /**
     * Writes the frame.
     *
     * @param content at least one byte
     * @return its length, bytes
     */
    public static int write(ByteBuffer content, ByteBuf out, int at) {
        out.writerIndex(at);
        out.writeIntLE(MAGIC);
        out.writeByte(DESCRIPTOR);
        out.writeIntLE(content.remaining());
        ByteBuffer left = content.duplicate();
        while (left.hasRemaining()) {
            int bytes = Math.min(MAX_BLOCK_BYTES, left.remaining());
            boolean last = bytes == left.remaining();
            out.writeMediumLE(bytes << 3 | (last ? 1 : 0));
            out.writeBytes(left.slice(left.position(), bytes));
            left.position(left.position() + bytes);
        }
        return out.writerIndex() - at;
    }

    private RawZstdFrame() {}
}
