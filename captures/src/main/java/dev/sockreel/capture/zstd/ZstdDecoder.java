package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Decodes one frame that is in memory. */
public final class ZstdDecoder {
    /**
     * What a frame gave.
     *
     * @param bytes   how many bytes were decoded: of a damaged frame all blocks before the damage
     * @param problem the fault, or null when the frame is whole
     */
    public record Content(int bytes, @Nullable String problem) {}

    private final ByteBuffer in;
    private final int end;
    private final byte[] out;
    private int written;

    private ZstdDecoder(byte[] in, int end, byte[] out) {
        this.in = ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN);
        this.end = end;
        this.out = out;
    }

    /**
     * Decodes the frame that the array begins with.
     *
     * @param end where the frame must end
     * @param out what to write; a frame with more content than fits is a fault
     */
    public static Content decode(byte[] in, int end, byte[] out) {
        ZstdDecoder decoder = new ZstdDecoder(in, end, out);
        try {
            decoder.decode();
            return new Content(decoder.written, null);
        } catch (ZstdException e) {
            return new Content(decoder.written, e.getMessage());
        }
    }

    private void decode() throws ZstdException {
        int descriptorEnd = 5;
        require(descriptorEnd);
        int headerBytes = FrameHeader.bytes(in.get(4));
        require(headerBytes);
        FrameHeader header = FrameHeader.read(in, 0);
        if (in.getInt(0) != FrameHeader.MAGIC || header.dictionaryId() != 0) {
            throw new ZstdException(in.getInt(0) == FrameHeader.MAGIC ? "it requires a dictionary" : "no frame");
        }
        int at = decodeBlocks(header);
        if (header.contentBytes() != FrameHeader.UNKNOWN && header.contentBytes() != written) {
            throw new ZstdException("its content has another length than its header states");
        }
        if (header.hasChecksum()) {
            require(at + 4);
            XxHash64 hash = new XxHash64();
            hash.update(out, 0, written);
            if (hash.low() != in.getInt(at)) {
                throw new ZstdException("wrong checksum of its content");
            }
            at += 4;
        }
        if (at < end) {
            throw new ZstdException("extra bytes after its last block");
        }
    }

    private int decodeBlocks(FrameHeader frame) throws ZstdException {
        BlockDecoder blocks = new BlockDecoder();
        blocks.beginFrame();
        int at = frame.bytes();
        boolean last = false;
        while (!last) {
            require(at + Block.HEADER_BYTES);
            int header = Block.header(in, at);
            at += Block.HEADER_BYTES;
            last = Block.isLast(header);
            int body = Block.bodyBytes(header);
            if (at + body > end && Block.type(header) == Block.RAW) {
                keepCut(at);
            }
            require(at + body);
            int history = (int) Math.max(0, written - Math.min(frame.windowBytes(), Integer.MAX_VALUE));
            int limit = Math.min(out.length, written + frame.maxBlockBytes());
            try {
                blocks.decode(header, in, at, out, history, written, limit);
            } finally {
                written = blocks.written();
            }
            at += body;
        }
        return at;
    }

    /** Keeps what is there of a block that is stored as it is. */
    private void keepCut(int at) {
        int kept = Math.min(end - at, out.length - written);
        in.get(at, out, written, kept);
        written += kept;
    }

    private void require(int to) throws ZstdException {
        if (to > end) {
            throw new ZstdException("it is cut");
        }
    }
}
