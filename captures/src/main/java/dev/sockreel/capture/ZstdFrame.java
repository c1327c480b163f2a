package dev.sockreel.capture;

import dev.sockreel.capture.zstd.Block;
import dev.sockreel.capture.zstd.FrameHeader;
import dev.sockreel.capture.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The extent of one zstd frame, found without decompressing it (RFC 8878, section 3.1.1), so that the decoder is given
 * this frame alone and never allocates a window larger than a group can need.
 *
 * @param end     one past its last byte, or past the available bytes where it is cut; 0 when no frame begins here
 * @param problem the fault, or null when its header and the chain of its blocks lead to {@code end}
 */
record ZstdFrame(int end, @Nullable String problem) {
    /** The window that RFC 8878 recommends every decoder to support; twice what a group can use. */
    static final int MAX_WINDOW_BYTES = 8 << 20;

    static ZstdFrame measure(byte[] in) {
        ByteBuffer bytes = ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN);
        if (in.length < FrameHeader.MIN_BYTES || bytes.getInt(0) != FrameHeader.MAGIC) {
            return new ZstdFrame(0, "no zstd frame after the group header");
        }
        if (FrameHeader.bytes(in[4]) > in.length) {
            return new ZstdFrame(0, "the zstd frame's header is cut");
        }
        FrameHeader header;
        try {
            header = FrameHeader.read(bytes, 0);
        } catch (ZstdException e) {
            return new ZstdFrame(0, "zstd: " + e.getMessage());
        }
        if (Long.compareUnsigned(header.windowBytes(), MAX_WINDOW_BYTES) > 0) {
            return new ZstdFrame(0, "the zstd frame requires a window of "
                    + Long.toUnsignedString(header.windowBytes()) + " bytes");
        }
        return blocks(bytes, header.bytes(), header.hasChecksum() ? 4 : 0);
    }

    private static ZstdFrame blocks(ByteBuffer in, int from, int checksumBytes) {
        int at = from;
        while (at + Block.HEADER_BYTES <= in.limit()) {
            int header = Block.header(in, at);
            if (Block.isReserved(header)) {
                break;
            }
            at += Block.HEADER_BYTES + Block.bodyBytes(header);
            if (Block.isLast(header) && at + checksumBytes <= in.limit()) {
                return new ZstdFrame(at + checksumBytes, null);
            }
        }
        return new ZstdFrame(in.limit(), "the zstd frame does not end within its group");
    }
}
