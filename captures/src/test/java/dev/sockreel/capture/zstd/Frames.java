package dev.sockreel.capture.zstd;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Contents of several kinds, and frames of them by both implementations. */
final class Frames {
    /** Random bytes, few symbols, rare symbols, copies from near and from far, one byte, text. */
    static final int KINDS = 7;

    static byte[] content(Random random, int kind, int bytes) {
        byte[] out = new byte[bytes];
        int symbols = 2 + random.nextInt(200);
        for (int i = 0; i < bytes; i++) {
            out[i] = (byte) switch (kind) {
                case 0 -> random.nextInt(256);
                case 1 -> random.nextInt(symbols);
                case 2 -> (int) (random.nextGaussian() * symbols / 8);
                case 3 -> i > 20 && random.nextInt(20) > 0 ? out[i - 1 - random.nextInt(20)] : random.nextInt(symbols);
                case 4 -> i > 500 && random.nextInt(100) > 2 ? out[i - 500] : random.nextInt(symbols);
                case 5 -> 7;
                default -> "socket listening established close-wait ".charAt(random.nextInt(40));
            };
        }
        return out;
    }

    static byte[] encoded(byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(ZstdEncoder.maxBytes(content.length));
        new ZstdEncoder().encode(content, content.length, out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Encodes with the C library. */
    static byte[] encodedByC(byte[] content, int level, boolean checksum) {
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            return zstd.setLevel(level).setChecksum(checksum).compress(content);
        }
    }

    private Frames() {}
}
