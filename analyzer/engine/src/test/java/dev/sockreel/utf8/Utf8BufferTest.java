package dev.sockreel.utf8;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is {@link String}. */
class Utf8BufferTest {
    private static final long SEED = 20261129;
    private static final int[] CHARS = {'a', '"', ' ', '~', 0x7f, 0xe4, 0x20ac, 0xffff, 0x1f600, 0x10ffff};

    @ParameterizedTest
    @ValueSource(longs = {
        0, 1, 9, 10, 99, 100, -1, -10, Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, 999_999_999_999_999_999L,
        1_000_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1
    })
    void numbersAreThoseOfLong(long number) {
        assertEquals(Long.toString(number), new Utf8Buffer(1).put(number).toString());
        assertEquals(Long.toUnsignedString(number), new Utf8Buffer(1).putUnsigned(number).toString());
        assertEquals(Long.toHexString(number), new Utf8Buffer(1).putHex(number).toString());
    }

    @Test
    void anythingPutInIsThere() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            StringBuilder expected = new StringBuilder();
            Utf8Buffer buffer = new Utf8Buffer(random.nextInt(1, 40));
            for (int i = random.nextInt(12); i > 0; i--) {
                put(random, buffer, expected);
            }
            assertArrayEquals(expected.toString().getBytes(StandardCharsets.UTF_8),
                    Arrays.copyOf(buffer.array(), buffer.length()));
            assertEquals(expected.length(), buffer.chars());
        }
    }

    private static void put(Random random, Utf8Buffer buffer, StringBuilder expected) {
        switch (random.nextInt(5)) {
            case 0 -> {
                long number = random.nextLong() >> random.nextInt(64);
                buffer.put(number);
                expected.append(number);
            }
            case 1 -> {
                long number = random.nextLong() >>> random.nextInt(64);
                buffer.putHex(number);
                expected.append(Long.toHexString(number));
            }
            case 2 -> {
                int times = random.nextInt(50);
                buffer.repeat('-', times);
                expected.append("-".repeat(times));
            }
            case 3 -> {
                char c = (char) CHARS[random.nextInt(8)];
                buffer.put(c);
                expected.append(c);
            }
            default -> {
                String text = text(random);
                buffer.put(text);
                expected.append(text);
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.appendCodePoint(CHARS[random.nextInt(CHARS.length)]);
        }
        return text.toString();
    }

    @Test
    void halfAPairIsAQuestionMark() {
        assertEquals("a?b", new Utf8Buffer(8).put("a\ud800b").toString());
    }

    @Test
    void blanksAreTakenFromTheEndOfALineAlone() {
        Utf8Buffer buffer = new Utf8Buffer(8).put("x  ");
        buffer.stripBlanks(2);
        assertEquals("x ", buffer.toString());
    }

    @Test
    void aCharacterIsDoubled() {
        Utf8Buffer inner = new Utf8Buffer(1).put("\"a\"\"");
        assertEquals("<\"\"a\"\"\"\"", new Utf8Buffer(1).put('<').putDoubling('"', inner).toString());
    }
}
