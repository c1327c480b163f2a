package dev.sockreel.benchmarks.series;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.NativePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the C programs do that needs neither root nor a network namespace. */
class CProgramTest {
    private static final Path SOURCES = Path.of("src/main/c");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void needsACompiler() {
        assumeTrue(NativePrograms.isAvailable(), "needs Linux and cc");
    }

    private Path compiled(String source) throws IOException, InterruptedException {
        return CProgram.compile(SOURCES.resolve(source), folder);
    }

    private static Process run(Path program, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.waitFor();
        return process;
    }

    @Test
    void trafficRefusesWrongOptions() throws IOException, InterruptedException {
        Path program = compiled("traffic.c");
        for (String[] options : new String[][] {{"--active", "1.5"}, {"--tcp4", "-1"}, {"--tcp4", "2x"},
            {"--tcp4", "99999999"}, {"--request", "9-2"}, {"--request", "1-2-3"}, {"--processes", "0"},
            {"--churn", "nan"}, {"more"}}) {
            Process traffic = run(program, options);
            assertEquals(2, traffic.exitValue(), () -> String.join(" ", options));
            String said = new String(traffic.getInputStream().readAllBytes(), UTF_8);
            assertTrue(said.contains("wrong"), said);
        }
    }

    @Test
    void spentPassesOnHowTheCommandEnded() throws IOException, InterruptedException {
        Path spent = compiled("spent.c");
        Path line = folder.resolve("line.txt");
        assertEquals(3, run(spent, line.toString(), "bash", "-c", "exit 3").exitValue());
        assertEquals(128 + 9, run(spent, line.toString(), "bash", "-c", "kill -9 $$").exitValue());
        assertEquals(127, run(spent, line.toString(), "/no/such/program").exitValue());
    }

    @Test
    void spentCountsTheChildrenToo() throws IOException, InterruptedException {
        Path line = folder.resolve("line.txt");
        run(compiled("spent.c"), line.toString(), "bash", "-c", "(for ((i = 0; i < 200000; i++)); do :; done); :");
        Cost cost = Cost.read(line);
        assertTrue(cost.cpuSeconds() > 0, cost::toString);
        assertTrue(cost.maxRssBytes() > 1 << 20, cost::toString);
    }

    @Test
    void theCompilersWarningIsAnError() throws IOException {
        Path source = Files.writeString(folder.resolve("odd.c"), "int main(void) { int unused; return 0; }\n");
        assertThrows(IOException.class, () -> CProgram.compile(source, folder));
        assertThrows(IOException.class, () -> CProgram.compile(folder.resolve("none.c"), folder));
    }
}
