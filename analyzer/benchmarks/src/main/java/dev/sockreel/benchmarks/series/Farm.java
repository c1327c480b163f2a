package dev.sockreel.benchmarks.series;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.benchmarks.results.LeftOutException;
import dev.sockreel.fixtures.NetNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace with a TCP hash table of its own, a namespace of processes, so that a recording sees no others
 * of the machine, and a program in both that makes the sockets. Such a program prints a line that begins with
 * {@code ready} when all exist, or {@code left out: WHY}, and ends when its stdin is closed.
 */
final class Farm implements AutoCloseable {
    private static final int TCP_BUCKETS = 262_144;
    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> OWN_PROCESSES =
            List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
    private static final String LEFT_OUT = "left out: ";

    private final NetNamespace namespace;
    private final Process program;
    private boolean closed;

    private Farm(NetNamespace namespace, Process program) {
        this.namespace = namespace;
        this.program = program;
    }

    /**
     * Starts the program and waits until its sockets exist.
     *
     * @throws LeftOutException when it says that it cannot be run here
     */
    static Farm start(List<String> command) throws IOException, LeftOutException {
        NetNamespace namespace = NetNamespace.createWithTcpTable(TCP_BUCKETS);
        List<String> all = new ArrayList<>(OWN_PROCESSES);
        all.addAll(command);
        Process program = namespace.start(namespace.command(all).redirectError(ProcessBuilder.Redirect.INHERIT));
        Farm farm = AtEnd.close(new Farm(namespace, program));
        try {
            farm.awaitReady();
            return farm;
        } catch (IOException | LeftOutException e) {
            farm.close();
            throw e;
        }
    }

    private void awaitReady() throws IOException, LeftOutException {
        // Not closed: the program may print more, and must not fail because nobody reads.
        BufferedReader output = program.inputReader(UTF_8);
        String line = output.readLine();
        if (line != null && line.startsWith(LEFT_OUT)) {
            throw new LeftOutException(line.substring(LEFT_OUT.length()));
        }
        if (line == null || !line.startsWith("ready")) {
            throw new IOException("the program that makes the sockets printed " + line);
        }
        System.out.println(line);
    }

    /** Returns the words that run a command in the namespaces. IllegalStateException when the program has ended. */
    List<String> inside() {
        long pid = program.children().findFirst().map(ProcessHandle::pid)
                .orElseThrow(() -> new IllegalStateException("the program that makes the sockets has ended"));
        return List.of("nsenter", "--target", Long.toString(pid), "--net", "--mount", "--pid", "--");
    }

    /** Closes the program's stdin and waits; ends what is left in the namespace, and removes it. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            program.getOutputStream().close();
            program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            program.destroy();
            endAll();
            namespace.close();
            AtEnd.forget(this);
        }
    }

    /** Ends the processes of this namespace, which this farm began: all others are in other ones. */
    private void endAll() throws IOException {
        Process list = new ProcessBuilder("ip", "netns", "pids", namespace.name()).start();
        String pids = new String(list.getInputStream().readAllBytes(), UTF_8);
        pids.lines().map(String::strip).filter(l -> !l.isEmpty()).mapToLong(Long::parseLong)
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
    }

    @Override
    public String toString() {
        return "network namespace " + namespace.name();
    }
}
