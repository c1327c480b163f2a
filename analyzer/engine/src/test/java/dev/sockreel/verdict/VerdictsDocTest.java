package dev.sockreel.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.DumpVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Checks that VERDICTS.md lists the verdicts and faults of the code, in order. */
class VerdictsDocTest {
    private static List<String> rows(int columns) throws IOException {
        return Files.readAllLines(Path.of("VERDICTS.md")).stream()
                .filter(l -> l.startsWith("| `") && l.chars().filter(c -> c == '|').count() == columns + 1)
                .toList();
    }

    @Test
    void allFaults() throws IOException {
        assertEquals(
                Arrays.stream(DumpFault.values())
                        .map(f -> "| `%s` | %s | %s | %s |".formatted(
                                f.id(), f.severity().id(), f.source().name().toLowerCase(Locale.ROOT),
                                f.verdict().id()))
                        .toList(),
                rows(4));
    }

    @Test
    void allVerdicts() throws IOException {
        assertEquals(
                Arrays.stream(DumpVerdict.values()).map(v -> "`" + v.id() + "`").toList(),
                rows(2).stream().map(l -> l.split("\\|", -1)[1].strip()).toList());
    }
}
