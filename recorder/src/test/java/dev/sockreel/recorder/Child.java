package dev.sockreel.recorder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The recorder as a process of its own. */
record Child(int exit, String out, String err) {
    /** Ends a test that hangs; a busy machine may be slow. */
    private static final long PATIENCE_SECONDS = 300;

    /** A shell that starts the tests with {@code &} has SIGINT ignored in them and all their children. */
    private static final boolean INT_IS_IGNORED = isIntIgnored();

    private static boolean isIntIgnored() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(l -> l.startsWith("SigIgn:"))
                    .anyMatch(l -> (Long.parseUnsignedLong(l.substring(7).trim(), 16) >>> (2 - 1) & 1) == 1);
        } catch (IOException e) {
            return false; // no Linux
        }
    }

    static List<String> command(String... args) {
        List<String> command = new ArrayList<>(INT_IS_IGNORED ? List.of("env", "--default-signal=INT") : List.of());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"),
                RecorderMain.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    static Process start(String... args) throws IOException {
        return new ProcessBuilder(command(args)).start();
    }

    static Child run(String... args) throws IOException, InterruptedException {
        return finish(start(args));
    }

    /** Waits for its end, with patience; what is still running then is killed. */
    static Child finish(Process process) throws IOException, InterruptedException {
        FutureTask<String> out = reading(process.getInputStream());
        FutureTask<String> err = reading(process.getErrorStream());
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("does not end: " + process.info());
            }
            return new Child(process.exitValue(), out.get(PATIENCE_SECONDS, TimeUnit.SECONDS),
                    err.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("what it printed has no end", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static FutureTask<String> reading(InputStream stream) {
        FutureTask<String> text = new FutureTask<>(() -> new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("reads a child").start(text);
        return text;
    }

    static void signal(String name, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    }
}
