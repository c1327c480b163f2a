package dev.sockreel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Words of the command line that have a grammar of their own. */
class WordsFuzzTest {
    private static final long START_NS = 1_800_000_000_000_000_000L;

    static Stream<byte[]> times() {
        return Stream.of("2026-11-22T14:32:00Z", "2026-11-22T14:32:00.123456789+01:00", "14:32", "-5m", "+90s", "500ms", "2d")
                .map(t -> t.getBytes(UTF_8));
    }

    @MethodSource("times")
    @FuzzTest
    void time(byte[] input) {
        String text = new String(input, UTF_8);
        try {
            SnapshotTime.parse(text, START_NS, START_NS + 5_000_000_000L);
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
        Duration duration = Durations.parse(text);
        assertTrue(duration == null || !duration.isNegative(), () -> text + " is " + duration);
    }

    static Stream<byte[]> filters() {
        return Stream.of("state close-wait exclude listening", "state all", "state").map(t -> t.getBytes(UTF_8));
    }

    @MethodSource("filters")
    @FuzzTest
    void stateFilter(byte[] input) {
        List<String> words = Arrays.asList(new String(input, UTF_8).split(" ", -1));
        try {
            StateFilter filter = StateFilter.parse(false, words);
            for (int state = -1; state < 40; state++) {
                filter.takes(state);
            }
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }
}
