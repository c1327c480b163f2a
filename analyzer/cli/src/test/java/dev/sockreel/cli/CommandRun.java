package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.cli.printing.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code sockreel WORD…}: in this JVM, or in a process of its own where the process is what is tested (its heap, pipes,
 * devices, working folder, environment or end).
 *
 * @param out standard output
 * @param err standard error
 */
record CommandRun(List<String> words, int exit, String out, String err) {
    /** Controls, formats, separators, what has no meaning, and what is not shown; a line end is none. */
    static final Pattern DANGEROUS = Pattern.compile("[[\\p{Cc}&&[^\\r\\n]]\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}"
            + "\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800\\u3164\\ufe00-\\ufe0f\\uffa0"
            + "\\x{e0000}-\\x{e0fff}]");

    private static final long PATIENCE_SECONDS = 600;

    static CommandRun of(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(Streams.of(InputStream.nullInputStream(), out, err), words);
        return new CommandRun(List.of(words), exit, out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8)).hasNoStackTrace();
    }

    static CommandRun of(Path file, String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command, file.toString()));
        words.addAll(List.of(more));
        return of(words.toArray(String[]::new));
    }

    static CommandRun process(Path folder, String... words) {
        return started(folder, javaAnd(words));
    }

    /** {@code java … Main WORD…} */
    static List<String> javaAnd(String... words) {
        return java(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), Main.class, words);
    }

    /** {@code java OPTION… CLASS WORD…} */
    static List<String> java(List<String> options, Class<?> main, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(words));
        return command;
    }

    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path");
        return tests == null ? System.getProperty("java.class.path") : tests;
    }

    /** Any command, with the same care for what it says. */
    static CommandRun started(Path folder, List<String> command) {
        try {
            Path out = Files.createTempFile("stdout", "");
            Path err = Files.createTempFile("stderr", "");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            if (!folder.toString().isEmpty()) {
                builder.directory(folder.toFile());
            }
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " does not end");
            }
            CommandRun run = new CommandRun(
                    command, process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return run.hasNoStackTrace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private CommandRun hasNoStackTrace() {
        assertFalse(err.contains("\tat ") || out.contains("\tat "), this::toString);
        return this;
    }

    CommandRun exits(int code) {
        assertTrue(exit == code, () -> "exit " + exit + ", expected " + code + ": " + this);
        return this;
    }

    /** Nothing was printed but these lines of complaint. */
    CommandRun saysOnly(int lines) {
        assertTrue(out.isEmpty(), this::toString);
        assertTrue(err.lines().count() == lines, this::toString);
        return this;
    }

    /** Neither stream sends a terminal anything but text and line ends. */
    CommandRun isPrintable() {
        for (String stream : List.of(out, err)) {
            assertFalse(DANGEROUS.matcher(stream).find(), this::toString);
        }
        return this;
    }

    @Override
    public String toString() {
        return String.join(" ", words.subList(Math.max(0, words.indexOf("dev.sockreel.cli.Main")), words.size()))
                + "\nexit " + exit + "\nstdout: " + head(out) + "\nstderr: " + head(err);
    }

    private static String head(String text) {
        return text.length() > 4000 ? text.substring(0, 4000) + "…" : text;
    }
}
