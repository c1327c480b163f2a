package dev.sockreel.counter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.fuzz.Allocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the texts of the kernel's counters. */
class HostCountersFuzzTest {
    private static final int BYTES_PER_BYTE = 300;

    static Stream<byte[]> texts() {
        return Stream.of(
                "TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 0 10 12\nIpExt: InOctets\nIpExt: 7\n",
                "Tcp: RtoAlgorithm MaxConn\nTcp: 1 -1\nUdp: InDatagrams\nUdp: 18446744073709551616\n",
                "Ip6InReceives                   \t41\nUdp6RcvbufErrors                \t2\n",
                "fffffff0 00000001 0000000a 00000000\n00000010 00000000 00000001 00000000\n")
                .map(t -> t.getBytes(US_ASCII));
    }

    @MethodSource("texts")
    @FuzzTest
    void counters(byte[] text) {
        Map<String, Long> values = new HashMap<>();
        Allocation.within(BYTES_PER_BYTE, text.length, () -> {
            values.clear();
            CounterText.addPairs(text, values);
            CounterText.addLines(text, values);
            return values;
        });
        assertTrue(values.size() <= CounterText.MAX_COUNTERS);
        values.forEach((name, value) -> {
            assertTrue(name.matches("[A-Za-z0-9]+\\.[A-Za-z0-9_]+"), name);
            assertTrue(value >= 0, name + " " + value);
        });
        List<long[]> rows = Allocation.within(BYTES_PER_BYTE, text.length, () -> CounterText.softnet(text, 3));
        for (long[] row : rows) {
            for (long value : row) {
                assertTrue(value >= 0 && value <= 0xffffffffL, () -> "softnet " + value);
            }
        }
    }
}
