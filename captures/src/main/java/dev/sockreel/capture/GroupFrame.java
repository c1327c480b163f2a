package dev.sockreel.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The content of one group, decompressed alone and checked.
 *
 * @param content what could be decompressed
 * @param problem null when the content is whole and its checksums hold
 */
record GroupFrame(ByteBuf content, @Nullable String problem) {
    /** A read that meets an error gives nothing at all, so small reads save more of a damaged frame. */
    private static final int STEP_BYTES = 16 * 1024;

    static GroupFrame open(GroupHeader header, byte[] compressed) {
        String problem = GroupHeader.crc32c(ByteBuffer.wrap(compressed)) == header.compressedCrc()
                ? null
                : "the checksum of the compressed bytes does not fit";
        ZstdFrame frame = ZstdFrame.measure(compressed);
        if (frame.end() == 0) {
            return new GroupFrame(Unpooled.EMPTY_BUFFER, problem == null ? frame.problem() : problem);
        }
        if (problem == null) {
            problem = frame.end() == compressed.length
                    ? frame.problem()
                    : "bytes stand behind the zstd frame of the group";
        }
        return decompress(header, compressed, frame.end(), problem);
    }

    private static GroupFrame decompress(GroupHeader header, byte[] compressed, int end, @Nullable String known) {
        byte[] content = new byte[header.uncompressedBytes()];
        String problem = known;
        int length = 0;
        try (InputStream in = new ZstdCompressorInputStream(new ByteArrayInputStream(compressed, 0, end))) {
            int n;
            while (length < content.length
                    && (n = in.read(content, length, Math.min(STEP_BYTES, content.length - length))) >= 0) {
                length += n;
            }
            if (problem == null && (length < content.length || in.read() >= 0)) {
                problem = "the zstd frame does not hold the " + content.length + " bytes its header states";
            }
        } catch (IOException e) {
            problem = problem == null ? "zstd: " + e.getMessage() : problem;
        }
        ByteBuf out = Unpooled.wrappedBuffer(content, 0, length);
        if (problem == null && GroupHeader.crc32c(out, 0, length) != header.uncompressedCrc()) {
            problem = "the checksum of the decompressed bytes does not fit";
        }
        return new GroupFrame(out, problem);
    }
}
