package dev.sockreel.benchmarks.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command that runs and whose cost is measured. It ends with this program, and after half an hour at most. */
final class Run implements AutoCloseable {
    private static final int MAX_MINUTES = 30;
    private static final int MAX_LOG_CHARS = 2000;

    private final List<String> command;
    private final Process process;
    private final Path spent;
    private final Path log;

    private Run(List<String> command, Process process, Path spent, Path log) {
        this.command = command;
        this.process = process;
        this.spent = spent;
        this.log = log;
    }

    /**
     * Starts a command whose output is not kept.
     *
     * @param prefix words before the measured command, such as {@code ip netns exec NAME}
     */
    static Run start(List<String> prefix, List<String> command) throws IOException, InterruptedException {
        return start(prefix, command, null);
    }

    private static Run start(List<String> prefix, List<String> command, @Nullable Path output)
            throws IOException, InterruptedException {
        Path spent = Files.createTempFile("sockreel-spent", ".txt");
        Path log = Files.createTempFile("sockreel-spent", ".log");
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(CProgram.path(CProgram.SPENT), spent.toString()));
        all.addAll(command);
        Process process = new ProcessBuilder(all)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output == null ? ProcessBuilder.Redirect.DISCARD
                        : ProcessBuilder.Redirect.to(output.toFile()))
                .redirectError(log.toFile())
                .start();
        return AtEnd.close(new Run(command, process, spent, log));
    }

    /** Runs a command to its end. */
    static Cost of(List<String> command) throws IOException, InterruptedException {
        try (Run run = start(List.of(), command)) {
            return run.cost();
        }
    }

    /** Runs a short command to its end and returns its output. */
    static String output(List<String> prefix, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("sockreel-output", ".txt");
        try (Run run = start(prefix, command, output)) {
            run.cost();
            return Files.readString(output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for the end.
     *
     * @throws IOException with what it wrote to stderr when it failed
     */
    Cost cost() throws IOException, InterruptedException {
        if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
            throw new IOException(String.join(" ", command) + " still runs after " + MAX_MINUTES + " minutes");
        }
        // 4 is sockreel's word for done, but the input is incomplete
        if (process.exitValue() != 0 && process.exitValue() != 4) {
            String said = Files.readString(log);
            throw new IOException(String.join(" ", command.subList(0, Math.min(6, command.size()))) + " ended with "
                    + process.exitValue() + ": " + said.substring(0, Math.min(MAX_LOG_CHARS, said.length())).strip());
        }
        return Cost.read(spent);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.deleteIfExists(spent);
        Files.deleteIfExists(log);
        AtEnd.forget(this);
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
