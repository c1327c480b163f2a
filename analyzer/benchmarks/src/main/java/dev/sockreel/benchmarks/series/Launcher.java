package dev.sockreel.benchmarks.series;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program that is measured: {@code ./sockreel}, or the one that the environment variable SOCKREEL names. */
final class Launcher {
    private static final String VARIABLE = "SOCKREEL";
    private static final Path LAUNCHER = Path.of("sockreel");
    private static final Path JAR = Path.of("analyzer/cli/target/sockreel.jar");
    /** Where the launcher keeps the class data that make it start fast. */
    private static final Path TRAINED = Path.of("target/launcher");
    private static final int PATIENCE_SECONDS = 60;

    static List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        String other = System.getenv(VARIABLE);
        command.add(other == null ? LAUNCHER.toAbsolutePath().toString() : other);
        command.addAll(List.of(words));
        return command;
    }

    /** Runs it once, so that what it does only the first time, building and gathering class data, is not measured. */
    static void prepare() throws IOException, InterruptedException {
        Run.of(command("--version"));
        for (int i = 0; i < PATIENCE_SECONDS && System.getenv(VARIABLE) == null && !isTrained(); i++) {
            Thread.sleep(1000);
        }
    }

    private static boolean isTrained() throws IOException {
        if (!Files.isDirectory(TRAINED) || !Files.exists(JAR)) {
            return false;
        }
        try (DirectoryStream<Path> data = Files.newDirectoryStream(TRAINED, "*[0-9].aot")) {
            for (Path each : data) {
                if (Files.getLastModifiedTime(each).compareTo(Files.getLastModifiedTime(JAR)) >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private Launcher() {}
}
