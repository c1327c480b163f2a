package dev.sockreel.zstd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the library against zstd itself, through zstd-jni. */
class ZstdTest {
    private static final int[] LEVELS = {-5, -1, 1, 3, 9, 19};

    /** Returns bytes of a capture's kind: a pattern that repeats with small differences, and a random rest. */
    private static byte[] content(Random random, int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            boolean repeats = i >= 100 && random.nextInt(10) > 0;
            content[i] = repeats ? content[i - 100] : (byte) random.nextInt(i % 7 == 0 ? 256 : 4);
        }
        return content;
    }

    private static byte[] frame(byte[] content, int level, boolean checksum) {
        try (var zstd = new com.github.luben.zstd.ZstdCompressCtx().setLevel(level).setChecksum(checksum)) {
            return zstd.compress(content);
        }
    }

    private static byte[] ours(byte[] content) {
        ByteBuffer in = ByteBuffer.allocateDirect(content.length).put(content).flip();
        ByteBuffer out = ByteBuffer.allocateDirect(Zstd.maxCompressedBytes(content.length));
        byte[] frame = new byte[Zstd.compress(in, out)];
        out.get(frame);
        return frame;
    }

    @Test
    void zstdReadsWhatIsWritten() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int bytes : new int[] {0, 1, 2, 7, 100, 4096, 131_071, 131_072, 131_073, 4 << 20}) {
            byte[] content = content(random, bytes);
            byte[] noise = new byte[bytes];
            random.nextBytes(noise);
            for (byte[] each : new byte[][] {content, noise, new byte[bytes]}) {
                byte[] frame = ours(each);
                try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
                    assertArrayEquals(each, zstd.decompress(frame, Math.max(1, bytes)), "seed " + seed);
                }
                byte[] out = new byte[bytes];
                assertEquals(new Zstd.Content(bytes, null), Zstd.decompress(frame, frame.length, out));
                assertArrayEquals(each, out);
            }
        }
    }

    @Test
    void whatZstdWroteIsRead() throws IOException {
        Random random = new Random(1);
        for (int level : LEVELS) {
            for (int bytes : new int[] {0, 1, 100, 5000, 300_000}) {
                byte[] content = content(random, bytes);
                byte[] frame = frame(content, level, level % 2 == 0);
                byte[] out = new byte[bytes];
                assertEquals(new Zstd.Content(bytes, null), Zstd.decompress(frame, frame.length, out));
                assertArrayEquals(content, out);
                assertArrayEquals(content, stream(frame).readAllBytes());
            }
        }
    }

    /** Every cut and every flipped bit: no frame gives more than asked for, and what zstd accepts is the same. */
    @Test
    void damage() {
        byte[] content = content(new Random(2), 700);
        int both = 0;
        for (int level : LEVELS) {
            byte[] frame = frame(content, level, level > 3);
            for (int length = 0; length < frame.length; length++) {
                Zstd.Content got = Zstd.decompress(frame, length, new byte[content.length]);
                assertTrue(got.problem() != null || got.bytes() < content.length, "cut at " + length);
            }
            for (int bit = 0; bit < frame.length * 8; bit++) {
                byte[] flipped = frame.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                byte[] out = new byte[content.length];
                Zstd.Content got = Zstd.decompress(flipped, flipped.length, out);
                assertTrue(got.bytes() >= 0 && got.bytes() <= out.length, "bit " + bit);
                byte[] expected = byZstd(flipped, content.length);
                if (got.problem() == null && expected != null) {
                    both++;
                    assertArrayEquals(expected, Arrays.copyOf(out, got.bytes()), "level " + level + ", bit " + bit);
                }
            }
        }
        assertTrue(both > 100, both + " flipped frames were accepted by both");
    }

    private static byte @Nullable [] byZstd(byte[] frame, int bytes) {
        try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
            return zstd.decompress(frame, bytes);
        } catch (ZstdException e) {
            return null; // refused
        }
    }

    /** A frame whose end is damaged gives what stands before: as much as whole blocks hold. */
    @Test
    void contentBeforeDamageIsSaved() {
        byte[] content = content(new Random(3), 600_000);
        byte[] frame = ours(content);
        byte[] out = new byte[content.length];
        Zstd.Content got = Zstd.decompress(frame, frame.length - 1000, out);
        assertNotNull(got.problem());
        assertTrue(got.bytes() >= 128 * 1024, got.toString());
        assertArrayEquals(Arrays.copyOf(content, got.bytes()), Arrays.copyOf(out, got.bytes()));
    }

    @Test
    void moreContentThanAskedForIsDamage() {
        byte[] frame = frame(new byte[1000], 3, false);
        Zstd.Content got = Zstd.decompress(frame, frame.length, new byte[999]);
        assertNotNull(got.problem());
        assertTrue(got.bytes() <= 999);
    }

    /** A stream of frames with skippable ones at its begin, between them and at its end, in reads of any length. */
    @Test
    void streamOfFrames() throws IOException {
        byte[] a = content(new Random(4), 200_000);
        byte[] b = content(new Random(5), 10);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(skippable(0x184D2A50, 0));
        all.write(frame(a, 19, true));
        all.write(skippable(0x184D2A5F, 70_000));
        all.write(frame(new byte[0], 3, false));
        all.write(frame(b, 1, false));
        all.write(skippable(0x184D2A55, 3));
        for (int step : new int[] {1, 7, 4096}) {
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            try (InputStream in = stream(all.toByteArray())) {
                byte[] some = new byte[step];
                int n;
                while ((n = in.read(some)) >= 0) {
                    got.write(some, 0, n);
                }
            }
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            expected.write(a);
            expected.write(b);
            assertArrayEquals(expected.toByteArray(), got.toByteArray());
        }
    }

    /** A stream that is cut anywhere but between two frames is no whole one. */
    @Test
    void cutStreams() throws IOException {
        byte[] content = content(new Random(6), 300);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] frame = frame(content, 3, true);
        all.write(frame);
        byte[] skippable = skippable(0x184D2A5A, 20);
        all.write(skippable);
        all.write(frame);
        byte[] bytes = all.toByteArray();
        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            if (length == frame.length || length == frame.length + skippable.length) {
                assertArrayEquals(content, stream(cut).readAllBytes());
            } else {
                assertThrows(IOException.class, () -> stream(cut).readAllBytes(), "cut at " + length);
            }
        }
    }

    @Test
    void foreignStream() {
        IOException e = assertThrows(IOException.class, () -> stream(new byte[100]).readAllBytes());
        assertNotNull(e.getMessage());
        assertNull(e.getMessage().lines().skip(1).findFirst().orElse(null));
    }

    private static InputStream stream(byte[] bytes) {
        return Zstd.stream(new ByteArrayInputStream(bytes));
    }

    private static byte[] skippable(int magic, int bytes) {
        return ByteBuffer.allocate(8 + bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(magic).putInt(bytes).array();
    }
}
