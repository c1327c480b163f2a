package dev.sockreel.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessStatTest {
    private static final String TO_STARTTIME = " 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 ";

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "7 (nginx) S+ 12345 99, S, 12345",
        "7 (a) T (b) R+ 1, R, 1",
        "7 (a) T+ 12345, T, 12345",
        "7 (a) S 1 7, S, -1",
        "7 (a) S+ x 1, S, -1",
        "7 (a) S+ 12345678901234567890 1, S, -1",
        "7 (a) 1, -, -1",
        "7 (a), -, -1",
        "'', -, -1"})
    void stateAndStart(String line, @Nullable String state, long started) {
        byte[] stat = line.replace("+ ", TO_STARTTIME).getBytes(UTF_8);
        assertEquals(state, ProcessStat.of(stat).state());
        assertEquals(started, ProcessStat.of(stat).startedTicks());
    }
}
