package dev.sockreel.capture.zstd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds encoder and decoder against the C library. */
class ZstdAgainstCTest {
    private static final int[] SIZES = {0, 1, 2, 3, 7, 47, 48, 255, 256, 257, 1023, 5000, 65_791, 65_792, 131_072, 400_000};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void bothReadWhatIsEncoded(int kind) {
        Random random = new Random(kind);
        for (int size : SIZES) {
            byte[] content = Frames.content(random, kind, size);
            byte[] frame = Frames.encoded(content);
            assertTrue(frame.length <= ZstdEncoder.maxBytes(size), () -> size + " bytes became " + frame.length);
            assertDecodes(content, frame);
            assertArrayEquals(content, Zstd.decompress(frame, size), () -> kind + ", " + size + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, -1, 1, 3, 7, 12, 19})
    void whatTheCLibraryEncodesIsRead(int level) {
        Random random = new Random(level);
        for (int size : SIZES) {
            for (int kind = 0; kind < Frames.KINDS; kind++) {
                byte[] content = Frames.content(random, kind, size);
                assertDecodes(content, Frames.encodedByC(content, level, random.nextBoolean()));
            }
        }
    }

    private static void assertDecodes(byte[] content, byte[] frame) {
        byte[] out = new byte[content.length];
        ZstdDecoder.Content decoded = ZstdDecoder.decode(frame, frame.length, out);
        assertNull(decoded.problem());
        assertEquals(content.length, decoded.bytes());
        assertArrayEquals(content, out);
    }

    @Test
    void noCutIsTakenForWhole() {
        for (int kind = 0; kind < Frames.KINDS; kind++) {
            byte[] content = Frames.content(new Random(kind), kind, 1500);
            byte[] frame = Frames.encodedByC(content, 5, false);
            for (int end = 0; end < frame.length; end++) {
                assertTrue(ZstdDecoder.decode(frame, end, new byte[content.length]).problem() != null);
            }
        }
    }

    /** The C library does not check everything that ours does, but what both accept they must read alike. */
    @Test
    void whatBothAcceptIsReadAlike() {
        Random random = new Random(1);
        int accepted = 0;
        for (int kind = 0; kind < Frames.KINDS; kind++) {
            byte[] content = Frames.content(random, kind, 700);
            for (byte[] frame : new byte[][] {Frames.encoded(content), Frames.encodedByC(content, 9, false)}) {
                for (int i = 0; i < frame.length; i++) {
                    byte[] changed = frame.clone();
                    changed[i] ^= (byte) (1 << random.nextInt(8));
                    accepted += isReadAlike(changed, content.length) ? 1 : 0;
                }
            }
        }
        assertTrue(accepted > 1000, accepted + " accepted");
    }

    private static boolean isReadAlike(byte[] frame, int size) {
        byte[] out = new byte[size];
        ZstdDecoder.Content decoded = ZstdDecoder.decode(frame, frame.length, out);
        if (decoded.problem() != null) {
            return false;
        }
        byte[] expected = new byte[size];
        try {
            long bytes = Zstd.decompressByteArray(expected, 0, size, frame, 0, frame.length);
            assertEquals(bytes, decoded.bytes());
            assertArrayEquals(expected, out);
        } catch (ZstdException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("memory"), e::toString); // a window above the C library's limit
        }
        return true;
    }

    @Test
    void moreContentThanStatedFillsWhatThereIs() {
        byte[] content = Frames.content(new Random(4), 4, 3000);
        byte[] out = new byte[1000];
        ZstdDecoder.Content decoded = ZstdDecoder.decode(Frames.encoded(content), Frames.encoded(content).length, out);
        assertEquals("a block's content is longer than it may be", decoded.problem());
        assertEquals(1000, decoded.bytes());
        assertArrayEquals(Arrays.copyOf(content, 1000), out);
    }

    @Test
    void aWrongChecksumIsFound() {
        byte[] content = Frames.content(new Random(6), 6, 3000);
        byte[] frame = Frames.encodedByC(content, 3, true);
        frame[frame.length - 1] ^= 1;
        assertEquals("wrong checksum of its content",
                ZstdDecoder.decode(frame, frame.length, new byte[content.length]).problem());
    }
}
