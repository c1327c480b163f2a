package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every command in every case of matrix.txt, and checks its exit code and sentence. Lines are
 * {@code commands | case | exit | sentence}; {@code *} stands for any words, (nothing) for none, and n/a for a case that a command cannot
 * have, with the reason.
 */
class MatrixTest {
    private static final Set<MatrixCase> IN_PROCESSES =
            Set.of(MatrixCase.STDOUT, MatrixCase.DASH_OUT, MatrixCase.INTERRUPT);
    private static final Set<String> LIVE = Set.of("probe", "record");

    /** One command in one case. */
    record Cell(String command, MatrixCase given, String exit, String sentence) {
        boolean isNone() {
            return exit.equals("n/a");
        }

        boolean isLive() {
            return LIVE.contains(command) && Set.of("0", "3").contains(exit) && given != MatrixCase.HELP;
        }

        boolean isProcess() {
            return IN_PROCESSES.contains(given)
                    || command.equals("demo") && Set.of(MatrixCase.EXISTING_OUTPUT, MatrixCase.LINK).contains(given);
        }

        @Override
        public String toString() {
            return command + " | " + given;
        }
    }

    @TempDir
    private Path folder;

    static List<Cell> cells() throws IOException {
        List<Cell> all = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(MatrixTest.class.getResourceAsStream("matrix.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split("\\|", 4);
                    for (String command : parts[0].strip().split(" ")) {
                        all.add(new Cell(command, MatrixCase.of(parts[1].strip()), parts[2].strip(),
                                parts[3].strip()));
                    }
                }
            }
        }
        return all;
    }

    static Stream<Cell> inThisProcess() throws IOException {
        return cells().stream().filter(c -> !c.isNone() && !c.isProcess() && !c.isLive());
    }

    static Stream<Cell> inProcesses() throws IOException {
        return cells().stream().filter(c -> !c.isNone() && c.isProcess() && !c.isLive());
    }

    static Stream<Cell> live() throws IOException {
        return cells().stream().filter(c -> !c.isNone() && c.isLive());
    }

    @Test
    void everyCommandStandsThereWithEveryCaseOnce() throws IOException {
        List<String> expected = new ArrayList<>();
        Set<String> commands = new TreeSet<>(Main.commandLine(new Main()).getSubcommands().keySet());
        for (String command : commands) {
            Stream.of(MatrixCase.values()).forEach(c -> expected.add(command + " | " + c));
        }
        assertEquals(expected.stream().sorted().toList(), cells().stream().map(Cell::toString).sorted().toList());
        assertEquals(commands, new TreeSet<>(MatrixRun.COMMANDS.keySet()));
        assertTrue(cells().stream().noneMatch(c -> c.sentence().isEmpty()), "a cell says nothing");
    }

    @ParameterizedTest
    @MethodSource("inThisProcess")
    void holds(Cell cell) throws Exception {
        check(cell);
    }

    @ParameterizedTest
    @MethodSource("inProcesses")
    @Tag("process")
    void holdsForProcesses(Cell cell) throws Exception {
        check(cell);
    }

    @ParameterizedTest
    @MethodSource("live")
    @Tag("live")
    void holdsForTheLiveKernel(Cell cell) throws Exception {
        check(cell);
    }

    private void check(Cell cell) throws Exception {
        CommandRun run = new MatrixRun(cell.command(), folder).of(cell.given());
        run.exits(Integer.parseInt(cell.exit()));
        if (cell.sentence().equals("(nothing)")) {
            run.saysOnly(0);
            return;
        }
        Pattern sentence = Pattern.compile(Stream.of(cell.sentence().split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
        String said = run.err() + run.out();
        assertTrue(said.lines().anyMatch(l -> sentence.matcher(l).matches()), () -> cell.sentence() + "\n" + run);
    }
}
