package dev.sockreel.benchmarks.series;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesReportTest {
    private static Round round(double limitNs, double recordNs, double recordBytes) {
        return new Round(Map.of(Tool.LIMIT, new Row(Double.NaN, Double.NaN, Double.NaN, limitNs, 0),
                Tool.ZSTD, new Row(20, 22, 1 << 20, 400, 3 << 20),
                Tool.RECORD, new Row(recordBytes, 5, 2 << 20, recordNs, 64 << 20)), 5000);
    }

    @Test
    void ratiosAreThoseOfEachRound() {
        Scenario scenario = Scenarios.of(List.of("active-1")).getFirst();
        String text = new SeriesReport(scenario, List.of(round(1000, 1500, 0.1), round(2000, 5000, 0.2))).tables();
        assertTrue(
                text.contains("| CPU of `record --owners never` to the kernel's limit | 2.00 (1.50 to 2.50) | at most"
                        + " 2.00 |\n"),
                text);
        assertTrue(text.contains("| 0.150 (0.100 to 0.200) | at most 0.150 |\n"), text);
        assertTrue(text.contains("a snapshot, without the first | 750 (500 to 1,000) | – |\n"), text);
        assertTrue(text.contains("to `zstd -3` | 4.38 (1.25 to 7.50) | – |\n"), text);
        assertTrue(
                text.contains(
                        "| bytes of `zstd -3` to `record --owners never`, without the first | 150 (100 to 200) |"),
                text);
        assertTrue(text.contains("| `zstd -3` | 20.0 | 22.0 | 1.00 | 400 | 3.00 |\n"), text);
        assertTrue(text.contains("| ss's replay | – | – | – | – | – |\n"), text);
    }
}
