package dev.sockreel.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that plays a role, and the lines to and from it. */
final class RoleProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_MS = 5;
    private static final long MAX_END_SECONDS = 5;
    /** Sizes that a few sockets need, so that eleven JVMs start fast and stay small. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData", "-Xmx16m", "-Xss256k");

    private final Role role;
    private final Process process;
    private final BufferedReader out;

    private RoleProcess(Role role, Process process) {
        this.role = role;
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static RoleProcess start(Role role) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RoleMain.class.getName(), role.name()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return new RoleProcess(role, builder.start());
    }

    int pid() {
        return Math.toIntExact(process.pid());
    }

    void say(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /**
     * Waits for a line that begins so.
     *
     * @return the rest of the line
     */
    String await(String begin) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String lastWords = "no answer within " + PATIENCE.toSeconds() + " s";
        while (hasLine(deadline)) {
            String line = out.readLine();
            if (line == null) {
                break;
            }
            if (line.startsWith(begin)) {
                return line.substring(begin.length());
            }
            // a complaint of its own, or of its JVM
            lastWords = line.startsWith(RoleContext.FAILED) ? line.substring(RoleContext.FAILED.length()) : line;
        }
        throw new IOException("the demo's process " + role.comm() + " failed: " + lastWords);
    }

    /** Returns false when it stays silent until the deadline. */
    private boolean hasLine(long deadline) throws IOException, InterruptedException {
        while (!out.ready() && process.isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MS);
        }
        return true;
    }

    /** Asks it to end, which SIGTERM does: it removes its files. */
    void end() {
        process.destroy();
    }

    /** Waits for its end. */
    void awaitEnd() {
        process.onExit().completeOnTimeout(process, MAX_END_SECONDS, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
