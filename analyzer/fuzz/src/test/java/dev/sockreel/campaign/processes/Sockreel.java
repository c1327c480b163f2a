package dev.sockreel.campaign.processes;

import dev.sockreel.campaign.trial.CommandResult;
import dev.sockreel.campaign.trial.Memory;
import dev.sockreel.campaign.trial.Trial;
import dev.sockreel.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sockreel in a process of its own. */
final class Sockreel {
    static final int KILLED = 137;
    private static final int MAX_SECONDS = 90;
    private static final int SAMPLE_MS = 20;

    private final Trial trial;
    private final Process process;
    private final List<String> words;
    private final Path out;
    private final Path err;

    private Sockreel(Trial trial, Process process, List<String> words, Path out, Path err) {
        this.trial = trial;
        this.process = process;
        this.words = words;
        this.out = out;
        this.err = err;
    }

    /** Returns the command line of a JVM that runs sockreel as its launcher does, of the one jar where there is one. */
    static List<String> java(String... options) {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        all.addAll(List.of(options));
        String jar = System.getProperty("campaign.jar", "");
        all.addAll(List.of("-cp", jar.isEmpty() ? System.getProperty("java.class.path") : jar, Main.class.getName()));
        return all;
    }

    /** Starts sockreel in a folder. */
    static Sockreel start(Trial trial, Path folder, String... words) throws IOException {
        List<String> line = java();
        line.addAll(List.of(words));
        return start(trial, folder, line, List.of(words));
    }

    /**
     * Starts any command line that runs sockreel.
     *
     * @param line  the program and its arguments
     * @param words what it has sockreel do, for the report
     */
    static Sockreel start(Trial trial, Path folder, List<String> line, List<String> words) throws IOException {
        Path out = trial.output(".stdout");
        Path err = trial.output(".stderr");
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new Sockreel(trial, builder.start(), words, out, err);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** Ends it as Ctrl-C does. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end, and counts what it took. */
    CommandResult end() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
        long peakMb = 0;
        long cpuMs = 0;
        while (!process.waitFor(SAMPLE_MS, TimeUnit.MILLISECONDS)) {
            peakMb = Math.max(peakMb, Memory.peakMb(process.pid()));
            cpuMs = Math.max(cpuMs, process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L));
            if (System.nanoTime() > deadline) {
                kill();
                trial.fails("every command ends", line(), "still running after " + MAX_SECONDS + " s");
            }
        }
        trial.tally().add("commands", 1);
        trial.tally().max("maxRssMb", peakMb, trial.label(line()));
        trial.tally().max("maxCpuMs", cpuMs, trial.label(line()));
        return new CommandResult(words, process.exitValue(), bytes(out), bytes(err), cpuMs * 1_000_000, 0);
    }

    private static byte[] bytes(@Nullable Path file) throws IOException {
        return file == null || !Files.exists(file) ? new byte[0] : Files.readAllBytes(file);
    }

    private String line() {
        return String.join(" ", words);
    }
}
