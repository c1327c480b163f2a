package dev.sockreel.delta.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts come back byte for byte, whatever their numbers look like, and small changes cost few bytes. */
final class TextRoundTripTest {
    private static final List<String> PIECES = List.of(
            "007", "-0", "0", "-1", "1", "9", "10", "99", "100", "999999999999999999", "1000000000000000000",
            "9223372036854775807", "9223372036854775808", "18446744073709551616", "0000000000000000000000001",
            "1234567890123456789012345", "0000e7ff", "ffffffff", "00000000", "FFFFFFFF", "0x1f", "eth0", "a", "ü", ":",
            "\t", "  ", "    ", "\n", "\n\n", "\r\n", "\0", "(", ")", "3.14", "1e9", "kB");

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void randomTextsComeBack(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> pieces = new ArrayList<>();
        Chain chain = new Chain().key(0, List.of(text(0, "")));
        for (int n = 1; n < 150; n++) {
            for (int change = random.nextInt(4); change >= 0; change--) {
                change(pieces, random);
            }
            chain.predicted(n, List.of(text(n, String.join(random.nextInt(20) == 0 ? "" : " ", pieces))));
        }
    }

    private static void change(List<String> pieces, Random random) {
        int at = random.nextInt(pieces.size() + 1);
        switch (random.nextInt(5)) {
            case 0 -> pieces.addAll(at, List.of(piece(random), piece(random), piece(random)));
            case 1 -> pieces.subList(at, Math.min(pieces.size(), at + 2)).clear();
            case 2 -> pieces.replaceAll(p -> random.nextInt(4) == 0 ? grown(p, random) : p);
            default -> {
                if (at < pieces.size()) {
                    pieces.set(at, piece(random));
                } else {
                    pieces.add("\n");
                }
            }
        }
    }

    private static String piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    /** Returns a number one or a few larger or smaller, as long as it is one. */
    private static String grown(String piece, Random random) {
        try {
            return Long.toString(Long.parseLong(piece) + random.nextInt(5) - 1);
        } catch (NumberFormatException e) {
            return piece;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void randomBytesComeBack(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[3000];
        random.nextBytes(bytes);
        Chain chain = new Chain();
        for (int n = 0; n < 40; n++) {
            for (int i = random.nextInt(30); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? '\n' : random.nextInt());
            }
            chain.predicted(n, List.of(new Body(200, bytes.clone()), text(n, new String(bytes, UTF_8))));
        }
    }

    @Test
    void longLinesComeBack() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            line.append(' ').append(i);
        }
        Chain chain = new Chain().key(0, List.of(text(0, line.toString())));
        chain.predicted(1, List.of(text(1, "x" + line)));
        chain.predicted(2, List.of(text(2, line + " y")));
        chain.predicted(3, List.of(text(3, line.reverse().toString())));
    }

    @Test
    void aNumberThatGrowsCostsAByteOrTwo() throws IOException {
        String table = lines(0, 100);
        Chain chain = new Chain().key(0, List.of(text(0, table)));
        int still = chain.predicted(1, List.of(text(1, table))).length;
        int grown = chain.predicted(2, List.of(text(2, table.replace("row50 150 ", "row50 155 ")))).length;
        // a run, a match of each column they stand in, the number
        assertTrue(grown <= still + 12, grown + " bytes, but " + still + " where nothing changed");
    }

    @Test
    void aNumberThatGrowsSteadilyCostsNothing() throws IOException {
        Chain chain = new Chain().key(0, List.of(text(0, "packets 1000\n")));
        int bytes = 0;
        for (int n = 1; n < 9; n++) {
            bytes = chain.predicted(n, List.of(text(n, "packets " + (1000 + 77 * n) + "\n"))).length;
        }
        assertTrue(bytes <= still(), bytes + " bytes");
    }

    private static int still() throws IOException {
        Chain chain = new Chain().key(0, List.of(text(0, "a\n")));
        chain.predicted(1, List.of(text(1, "a\n")));
        return 1 + chain.predicted(2, List.of(text(2, "a\n"))).length;
    }

    @Test
    void aLineThatAppearsCostsThatLine() throws IOException {
        String table = lines(0, 100);
        Chain chain = new Chain().key(0, List.of(text(0, table)));
        int still = chain.predicted(1, List.of(text(1, table))).length;
        String more = lines(0, 40) + "another one 7 7 7\n" + lines(40, 100);
        int one = chain.predicted(2, List.of(text(2, more))).length;
        assertTrue(one <= still + 35, one + " bytes, but " + still + " where nothing changed");
        int gone = chain.predicted(3, List.of(text(3, table))).length;
        assertTrue(gone <= still + 12, gone + " bytes, but " + still + " where nothing changed");
    }

    private static String lines(int from, int to) {
        StringBuilder out = new StringBuilder();
        for (int i = from; i < to; i++) {
            out.append("row").append(i).append(' ').append(100 + i).append(" 0 0\n");
        }
        return out.toString();
    }

    private static Body text(int snapshot, String text) {
        long ns = 1_000_000_000L * snapshot;
        return Body.of(new ProcText(snapshot, 0, "/proc/net/x", ProcText.When.AFTER_DUMPS, 0, 0, true,
                new ReceiveTime(ns + 7, ns), Unpooled.wrappedBuffer(text.getBytes(UTF_8))));
    }
}
