package dev.sockreel.opening;

import dev.sockreel.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.jspecify.annotations.Nullable;

/** The compression formats that are recognized by their first bytes, and the streams that unpack them. */
public final class Compression {
    /** Limit for the decompressor's memory, KiB, since the input is untrusted. */
    private static final int MAX_MEMORY_KIB = 256 * 1024;

    /**
     * The recognized formats. Not zlib, lzma and others without a real magic: an ss dump that begins with a message of
     * 376 bytes (78 01 00 00) would be taken for zlib.
     */
    private static final Set<String> FORMATS = Set.of(
            CompressorStreamFactory.GZIP, CompressorStreamFactory.BZIP2, CompressorStreamFactory.XZ,
            CompressorStreamFactory.LZ4_FRAMED, CompressorStreamFactory.ZSTANDARD);

    /**
     * Returns the name of the format; null when it is not compressed.
     *
     * @param in supports marks
     */
    public static @Nullable String of(InputStream in) {
        try {
            String name = CompressorStreamFactory.detect(in);
            return FORMATS.contains(name) ? name : null;
        } catch (CompressorException | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Returns the unpacked stream. Concatenated members (gzip, bzip2, xz, zstd) are read as one.
     *
     * @param format as {@link #of} returns it
     * @throws IOException when the beginning is damaged
     */
    public static InputStream unpack(String format, InputStream packed) throws IOException {
        if (format.equals(CompressorStreamFactory.ZSTANDARD)) {
            return Zstd.stream(packed);
        }
        try {
            return new CompressorStreamFactory(true, MAX_MEMORY_KIB).createCompressorInputStream(format, packed);
        } catch (CompressorException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(why(cause), cause);
        }
    }

    /** Returns a clause on why unpacking failed. */
    public static String why(Throwable e) {
        return e.getMessage() == null ? "it ends too early" : e.getMessage();
    }

    private Compression() {}
}
