package dev.sockreel.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Opens a file as it is, also when it is compressed: told by its content, not by its name. */
final class SourceStream {
    private static final int BUFFER_BYTES = 64 * 1024;
    /** Memory that a compressed stranger may make its decompressor take, KiB. */
    private static final int MAX_MEMORY_KIB = 256 * 1024;

    /** Concatenated members (gzip, bzip2, xz) are read on. */
    static InputStream open(Path path) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
        try {
            return decompressed(raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static InputStream decompressed(InputStream raw) throws IOException {
        String name;
        try {
            name = CompressorStreamFactory.detect(raw);
        } catch (CompressorException | IllegalArgumentException e) {
            return raw; // not compressed
        }
        try {
            return new BufferedInputStream(
                    new CompressorStreamFactory(true, MAX_MEMORY_KIB).createCompressorInputStream(name, raw),
                    BUFFER_BYTES);
        } catch (CompressorException e) {
            throw new IOException("cannot decompress (" + name + "): " + e.getMessage(), e);
        }
    }

    private SourceStream() {}
}
