package dev.sockreel.campaign.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Values that stand where ordinary ones are expected.
 *
 * @param perMille how many values of a thousand are odd
 */
record Odd(RandomGenerator random, int perMille) {
    /** Texts that terminals, parsers, pages or file systems take amiss. */
    private static final List<String> TEXTS = List.of("", "\0", "\u001b[31m", "\u009b31m", "\u202e\u2066x", "\u007f",
            "\n",
            "\r\ta", "\u2028", "\ud83d\ude00", "</script><script>", "'\"><img src=x onerror=1>", "=1+1", "@x", ",\";",
            "../../etc/passwd", "/proc/net/tcp", "%s%n", "\\x00", "null", "NaN", "-1", "\ufeff", "\ufffe",
            "a".repeat(5000),
            "\u0300".repeat(300), "tcp4", "unix", "unix-icons", "family-300", "18446744073709551615");
    private static final int[] NUMBERS = {
        -1, 0, 1, 2, 3, 7, 8, 15, 16, 20, 63, 64, 127, 128, 255, 256, 4095, 4096, 65535, 65536, 1 << 20, 4 << 20,
        (4 << 20) + 1, 1 << 24, 1 << 28, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -2,
        -4096};
    private static final long[] TIMES = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE, 4_102_444_800_000_000_000L, 1L << 62,
        -(1L << 62)};

    boolean isOdd() {
        return random.nextInt(1000) < perMille;
    }

    int number(int ordinary) {
        return isOdd() ? NUMBERS[random.nextInt(NUMBERS.length)] : ordinary;
    }

    long big(long ordinary) {
        return !isOdd() ? ordinary
                : random.nextBoolean() ? TIMES[random.nextInt(TIMES.length)] : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    String text(String ordinary) {
        return isOdd() ? TEXTS.get(random.nextInt(TEXTS.size())) : ordinary;
    }

    /** Returns a text's bytes, also such that are no UTF-8. */
    byte[] textBytes(String ordinary) {
        String text = text(ordinary);
        return isOdd() ? text.getBytes(ISO_8859_1) : text.getBytes(UTF_8);
    }

    /** Returns the bytes, shorter, longer or with a changed byte where they are odd. */
    byte[] bytes(byte[] ordinary) {
        if (!isOdd()) {
            return ordinary;
        }
        return switch (random.nextInt(3)) {
            case 0 -> java.util.Arrays.copyOf(ordinary, random.nextInt(ordinary.length + 1));
            case 1 -> java.util.Arrays.copyOf(ordinary, ordinary.length + 1 + random.nextInt(64));
            default -> Mutation.of(random, ordinary, List.of(ordinary), 2);
        };
    }
}
