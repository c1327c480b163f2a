package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.detector.FindingsRun;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Real programs in a network namespace that play the parts of an incident, each a process with a name of its own, and a
 * recording of it. They end with {@link #close}.
 */
final class Incident implements AutoCloseable {
    static final int SNAPSHOTS = 7;

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final long PATIENCE_NS = 60_000_000_000L;
    private static final boolean IS_ARM = System.getProperty("os.arch").equals("aarch64");
    /** The system calls send and sendto are one. */
    private static final Set<String> SEND = Set.of(IS_ARM ? "206" : "44");
    private static final Set<String> CONNECT = Set.of(IS_ARM ? "203" : "42");

    private static final String PRELUDE = """
            import os, socket, sys, threading, time
            open('/proc/self/comm', 'w').write(sys.argv[1])
            def listen(port, backlog=400, reuseport=0):
                s = socket.socket()
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, reuseport)
                s.bind(('127.0.0.1', port))
                s.listen(backlog)
                return s
            def dial(port):
                return socket.create_connection(('127.0.0.1', port))
            def ready():
                print('ready', flush=True)
            def rest():
                sys.stdin.read()
            """;

    private final NetNamespace netns = NetNamespace.create();

    static boolean isAvailable() {
        return NetNamespace.isAvailable() && Files.isExecutable(PYTHON) && NativePrograms.onPath("ss");
    }

    /** A program, known by its name. */
    record Role(String comm, Process process, BufferedReader output) {
        int pid() {
            return (int) process.pid();
        }

        /** Waits until it says that it has done its next part. */
        Role awaitReady() {
            try {
                assertEquals("ready", output.readLine(), comm);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void awaitSend() throws IOException {
            awaitCall(SEND);
        }

        /** Waits until data of its connection has been waiting to be sent in ten looks in a row. */
        void awaitFullQueue(NetNamespace netns, String filter) {
            long deadline = System.nanoTime() + PATIENCE_NS;
            int full = 0;
            while (full < 10 && System.nanoTime() < deadline) {
                boolean waits = netns.run("ss", "-Htn", filter).lines().anyMatch(l -> !l.split(" +", 4)[2].equals("0"));
                full = waits ? full + 1 : 0;
                pause(50);
            }
            assertEquals(10, full, comm);
        }

        void awaitConnect() throws IOException {
            awaitCall(CONNECT);
        }

        /** Waits until it stays in a system call: between two looks its first thread has not left it. */
        private void awaitCall(Set<String> calls) throws IOException {
            long deadline = System.nanoTime() + PATIENCE_NS;
            String before = "";
            while (System.nanoTime() < deadline) {
                Path proc = Path.of("/proc", Integer.toString(pid()));
                String call = Files.readString(proc.resolve("syscall"));
                String now = call + Files.readString(proc.resolve("status"));
                if (calls.contains(call.split(" ", 2)[0]) && now.equals(before)) {
                    return;
                }
                before = now;
                pause(50);
            }
            throw new AssertionError(comm + " does not hang in " + calls);
        }
    }

    /** The causes that a recording shows. */
    record Seen(Findings findings, String text) {
        CauseCheck causes() {
            return new CauseCheck(findings.causes(), text);
        }
    }

    NetNamespace netns() {
        return netns;
    }

    /** Starts a role and waits until it is ready for the first time. */
    Role start(String comm, String script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-c", PRELUDE + script, comm));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = netns.start(netns.command(command));
        return new Role(comm, process, process.inputReader(StandardCharsets.UTF_8)).awaitReady();
    }

    Seen record(Path reel, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("record", "-o", reel.toString(), "--force", "--netns",
                netns.name(), "--count", Integer.toString(SNAPSHOTS), "--interval", "500ms"));
        words.addAll(List.of(more));
        CommandRun.of(words.toArray(String[]::new)).exits(0);
        FindingsRun run = new FindingsRun(Thresholds.DEFAULT);
        try (SnapshotReader reader = SnapshotReader.open(reel)) {
            for (Snapshot s = reader.next(); s != null; s = reader.next()) {
                run.add(s);
            }
        }
        CommandRun text = CommandRun.of(reel, "findings").isPrintable();
        assertTrue(Set.of(0, 4).contains(text.exit()), text::toString);
        return new Seen(run.finish(), text.out());
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        netns.close();
    }
}
