package dev.sockreel.capture.zstd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdInputStreamTest {
    private static final byte[] SKIPPABLE = {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};

    private static byte[] read(byte[] stream) throws IOException {
        try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(stream))) {
            return in.readAllBytes();
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void framesFollowEachOtherAndSkippableOnesArePassedOver() throws IOException {
        byte[] a = Frames.content(new Random(1), 6, 200_000);
        byte[] b = Frames.content(new Random(2), 3, 10);
        byte[] stream = join(SKIPPABLE, Frames.encodedByC(a, 3, true), SKIPPABLE, Frames.encoded(new byte[0]),
                Frames.encoded(b), SKIPPABLE);
        assertArrayEquals(join(a, b), read(stream));
    }

    @Test
    void theWindowSlides() throws IOException {
        byte[] content = Frames.content(new Random(3), 4, 5_000_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out, 1)) {
            zstd.setChecksum(true);
            zstd.write(content);
        }
        assertTrue(FrameHeader.read(ByteBuffer.wrap(out.toByteArray()), 0).windowBytes() < content.length);
        assertArrayEquals(content, read(out.toByteArray()));
    }

    @Test
    void aStreamThatEndsWithinAFrameIsAnError() throws IOException {
        byte[] first = Frames.encoded(Frames.content(new Random(4), 6, 1000));
        byte[] stream = join(first, SKIPPABLE, Frames.encodedByC(Frames.content(new Random(5), 6, 1000), 3, true));
        for (int end = 1; end < stream.length; end++) {
            byte[] cut = Arrays.copyOf(stream, end);
            if (end == first.length || end == first.length + SKIPPABLE.length) {
                assertEquals(1000, read(cut).length);
            } else {
                assertEquals("it is cut", assertThrows(ZstdException.class, () -> read(cut)).getMessage());
            }
        }
    }

    @Test
    void whatFollowsAFrameMustBeOne() {
        byte[] stream = join(Frames.encoded(new byte[100]), new byte[50]);
        assertEquals("no frame where one should begin",
                assertThrows(ZstdException.class, () -> read(stream)).getMessage());
    }

    /** The window's exponent, less 10, is in the five high bits: 28, 30 and 41 with seven eighths more. */
    @ParameterizedTest
    @ValueSource(ints = {0x90, 0xA0, 0xff})
    void aWindowAbove128MiBIsRefused(int window) {
        byte[] stream = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) window, 1, 0, 0};
        ZstdException e = assertThrows(ZstdException.class, () -> read(stream));
        assertTrue(String.valueOf(e.getMessage()).startsWith("it requires a window of "), e::toString);
    }

    /** An RLE block of one byte in a frame that states a window of 128 MiB. */
    @Test
    void aLargeWindowTakesNoMemoryBeforeItIsFilled() throws IOException {
        byte[] stream = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) 0x88, 3 | 1 << 3, 0, 0, 'x'};
        byte[] many = join(stream, stream);
        for (int i = 0; i < 8; i++) {
            many = join(many, many);
        }
        assertEquals(512, read(many).length);
    }

    @Test
    void aDictionaryIsRefused() {
        byte[] stream = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x21, 7, 1, 1, 0, 0, 'x'};
        assertEquals("it requires a dictionary", assertThrows(ZstdException.class, () -> read(stream)).getMessage());
    }
}
