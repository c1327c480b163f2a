package dev.sockreel.capture;

import dev.sockreel.zstd.Zstd;
import dev.sockreel.zstd.ZstdFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The content of one group, decompressed alone and checked.
 *
 * @param content         the part that could be decompressed
 * @param compressedBytes length of its zstd frame
 * @param problem         the fault, or null when the content is whole and its checksums hold
 */
record GroupFrame(ByteBuf content, int compressedBytes, @Nullable String problem) {
    static GroupFrame open(GroupHeader header, byte[] compressed) {
        String problem = compressed.length < header.compressedBytes()
                ? tooShort(header, compressed.length)
                : GroupHeader.crc32c(ByteBuffer.wrap(compressed)) == header.compressedCrc()
                        ? null
                : "wrong checksum of the compressed bytes";
        ZstdFrame frame = ZstdFrame.measure(compressed);
        if (frame.end() == 0) {
            return new GroupFrame(Unpooled.EMPTY_BUFFER, compressed.length,
                    problem == null ? frame.problem() : problem);
        }
        if (problem == null) {
            problem = frame.end() == compressed.length
                    ? frame.problem()
                    : "extra bytes after the group's zstd frame";
        }
        GroupFrame opened = decompress(compressed, frame.end(), header.uncompressedBytes(), problem);
        return opened.problem() == null
                && GroupHeader.crc32c(opened.content(), 0, opened.content().readableBytes()) != header.uncompressedCrc()
                        ? new GroupFrame(opened.content(), frame.end(),
                                "wrong checksum of the decompressed bytes")
                        : opened;
    }

    /** Opens the whole frame that these bytes begin with, without the help of a header; null when there is none. */
    static @Nullable GroupFrame ofBrokenHeader(byte[] bytes) {
        ZstdFrame frame = ZstdFrame.measure(bytes);
        if (frame.end() == 0 || frame.problem() != null) {
            return null;
        }
        String problem = "wrong checksum in a group header";
        return decompress(bytes, frame.end(), GroupHeader.maxContent(frame.end()), problem);
    }

    static String tooShort(GroupHeader header, long bytes) {
        return "group " + header.number() + " is cut: " + bytes + " of " + header.compressedBytes() + " bytes";
    }

    /** @param known the fault found already, null for none */
    private static GroupFrame decompress(byte[] compressed, int end, int bytes, @Nullable String known) {
        byte[] content = new byte[bytes];
        Zstd.Content decompressed = Zstd.decompress(compressed, end, content);
        String problem = known;
        if (problem == null && decompressed.problem() != null) {
            problem = "zstd: " + decompressed.problem();
        } else if (problem == null && decompressed.bytes() < bytes) {
            problem = "the zstd frame does not decompress to the " + bytes + " bytes stated in the group header";
        }
        return new GroupFrame(Unpooled.wrappedBuffer(content, 0, decompressed.bytes()), end, problem);
    }
}
