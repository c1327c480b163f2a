package dev.sockreel.zstd;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Compresses and decompresses frames (RFC 8878). */
public final class Zstd {
    /**
     * What a frame holds.
     *
     * @param bytes   number of bytes decompressed; of a damaged frame those of the blocks before the damage
     * @param problem what is wrong with the frame; null for nothing
     */
    public record Content(int bytes, @Nullable String problem) {}

    /** Keeps the tables of a decoder, some 100 KiB, which small groups would make anew again and again. */
    private static final ThreadLocal<ZstdJavaDecompressor> DECOMPRESSOR;

    static {
        UnsafeWarning.suppress();
        DECOMPRESSOR = ThreadLocal.withInitial(ZstdJavaDecompressor::new);
    }

    /** Returns the most bytes that a frame of so much content takes. */
    public static int maxCompressedBytes(int contentBytes) {
        return new ZstdJavaCompressor().maxCompressedLength(contentBytes);
    }

    /**
     * Compresses a buffer into one frame.
     *
     * @param out takes the frame from its position on; at least {@link #maxCompressedBytes} must remain
     * @return the length of the frame; neither buffer is moved
     */
    public static int compress(ByteBuffer content, ByteBuffer out) {
        return new ZstdJavaCompressor().compress(MemorySegment.ofBuffer(content), MemorySegment.ofBuffer(out));
    }

    /**
     * Decompresses one frame.
     *
     * @param frame begins with the frame
     * @param end   where the frame ends
     * @param out   takes the content; a frame that holds more is damaged
     */
    public static Content decompress(byte[] frame, int end, byte[] out) {
        try {
            return new Content(DECOMPRESSOR.get().decompress(frame, 0, end, out, 0, out.length), null);
        } catch (RuntimeException e) {
            // the library's own exception and, for some damage, those of arrays and arguments
            String why = e instanceof MalformedInputException ? e.getMessage() : null;
            return new Content(new DamagedFrame(frame, end, out).save(), why == null ? "the frame is damaged" : why);
        }
    }

    /** Opens a stream of frames, one after another; skippable ones are passed over. Closing it closes {@code in}. */
    public static InputStream stream(InputStream in) {
        return new CheckedStream(new ZstdInputStream(new DataFrames(in)));
    }

    private Zstd() {}
}
