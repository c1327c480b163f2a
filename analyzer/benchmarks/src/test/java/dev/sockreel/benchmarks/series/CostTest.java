package dev.sockreel.benchmarks.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CostTest {
    @Test
    void readsWhatTheProgramsPrint() throws IOException {
        assertEquals(new Cost(1.75, 2048 * 1024, 3.5), Cost.of("1.500000 0.250000 2048 3.500000\n"));
        assertEquals(0.75, KernelLimit.cpuSeconds("msgs=1 bytes=2 ms=0.1 user=0.500000 sys=0.250000\n"));
        assertThrows(IOException.class, () -> Cost.of(""));
        assertThrows(IOException.class, () -> KernelLimit.cpuSeconds("kernellimit: request"));
    }

    @Test
    void addsTimesAndKeepsTheLargestMemory() {
        assertEquals(new Cost(3, 200, 7), new Cost(1, 200, 3).plus(new Cost(2, 100, 4)));
    }
}
