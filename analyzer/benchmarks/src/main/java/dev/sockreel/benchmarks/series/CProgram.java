package dev.sockreel.benchmarks.series;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The C programs of the benchmarks, compiled from the source tree with {@code cc -O2} when they are first needed. */
final class CProgram {
    /** Makes sockets that talk; see the head of {@code traffic.c}. */
    static final Path TRAFFIC = Path.of("analyzer/benchmarks/src/main/c/traffic.c");
    /** Says what a command spent; see the head of {@code spent.c}. */
    static final Path SPENT = Path.of("analyzer/benchmarks/src/main/c/spent.c");
    /** Receives dumps and decodes nothing; see the head of {@code kernellimit.c}. */
    static final Path KERNELLIMIT = Path.of("src-test-fixtures/src/main/c/kernellimit.c");

    private static final Map<Path, Path> COMPILED = new HashMap<>();

    /**
     * Returns the path of the program.
     *
     * @param source relative to the source folder, in which the benchmarks are run
     * @throws IOException with the compiler's words when it fails
     */
    static synchronized String path(Path source) throws IOException, InterruptedException {
        Path program = COMPILED.get(source);
        if (program == null) {
            program = compile(source, WorkFolder.create().path());
            COMPILED.put(source, program);
        }
        return program.toString();
    }

    /** Compiles into a folder. A warning is an error. */
    static Path compile(Path source, Path folder) throws IOException, InterruptedException {
        if (!Files.exists(source)) {
            throw new IOException("there is no " + source + ": run it from the source folder");
        }
        Path program = folder.resolve(source.toFile().getName().replace(".c", ""));
        Process cc = new ProcessBuilder(
                List.of("cc", "-O2", "-Wall", "-Wextra", "-o", program.toString(), source.toString(), "-lm"))
                .redirectErrorStream(true).start();
        String output = new String(cc.getInputStream().readAllBytes(), UTF_8);
        if (cc.waitFor() != 0 || !output.isEmpty()) {
            throw new IOException("cc " + source + ": " + output);
        }
        return program;
    }

    private CProgram() {}
}
