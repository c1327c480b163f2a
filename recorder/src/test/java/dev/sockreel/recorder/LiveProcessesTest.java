package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.options.OwnersPolicy;
import dev.sockreel.recorder.options.RecordOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what is recorded of processes against real programs, in namespaces where nothing else happens. */
@Live
class LiveProcessesTest {
    private static final String LISTEN = """
            import socket, sys
            s = socket.socket()
            s.bind(("127.0.0.1", 0))
            s.listen(1)
            print("ready", flush=True)
            sys.stdin.read()
            """;

    /** Blocks one thread in send on the descriptor that is its argument, and one in accept. */
    private static final String BLOCK = """
            import os, socket, sys, threading, time
            s = socket.socket()
            s.bind(("127.0.0.1", 0))
            s.listen(1)
            c = socket.create_connection(s.getsockname())
            a, _ = s.accept()
            os.dup2(c.fileno(), 50)
            os.dup2(s.fileno(), 60)
            d = socket.socket(fileno=50)
            e = socket.socket(fileno=60)
            threading.Thread(target=lambda: d.sendall(b"x" * 100_000_000), daemon=True).start()
            threading.Thread(target=e.accept, daemon=True).start()
            time.sleep(0.5)
            print("ready", flush=True)
            sys.stdin.read()
            """;

    /** On request, opens a socket more, and leaves one in flight, so that no process holds it. */
    private static final String GROW = """
            import array, socket, sys
            s = socket.socket()
            s.bind(("127.0.0.1", 0))
            s.listen(1)
            print("ready", flush=True)
            sys.stdin.readline()
            t = socket.socket()
            t.bind(("127.0.0.1", 7777))
            t.listen(1)
            a, b = socket.socketpair()
            u = socket.socket()
            u.bind(("127.0.0.1", 7778))
            u.listen(1)
            a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [u.fileno()]))])
            u.close()
            print("ready", flush=True)
            sys.stdin.read()
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void needsNamespacesAndPython() {
        assumeTrue(NetNamespace.isAvailable() && Python.isAvailable(), "needs root, ip netns and python3");
    }

    private RecordOptions options(NetNamespace netns) {
        return RecordOptions.to(folder.resolve("x.reel")).withInterval(Duration.ofMillis(100)).withCount(3)
                .withNamespaces(List.of(netns.name()));
    }

    private static Recorded record(RecordOptions options) throws Exception {
        Recorder.run(options, new StopSignal(), line -> {});
        return Recorded.read(options.file());
    }

    private static List<Processes.Facts> factsOf(Recorded got, int pid) {
        return got.all(Processes.class).stream()
                .flatMap(p -> p.processes().stream()).filter(f -> f.pid() == pid).toList();
    }

    @Test
    void factsOfAHolderStandInTheFileOnce() throws Exception {
        try (NetNamespace netns = NetNamespace.create()) {
            Python server = Python.start(netns, LISTEN, "--password=hunter2", "--port", "80");
            Recorded got = record(options(netns));
            List<Processes.Facts> found = factsOf(got, server.pid());
            assertEquals(1, found.size());
            Processes.Facts facts = found.getFirst();
            String cmdline = new String(facts.cmdline(), StandardCharsets.UTF_8);
            assertTrue(cmdline.startsWith("/usr/bin/python3\0-c\0"), cmdline);
            assertTrue(cmdline.endsWith("\0--password=***\0--port\0" + "80\0"), cmdline);
            assertEquals(Processes.CMDLINE_MASKED, facts.flags());
            assertEquals(0, facts.uid());
            assertEquals("root", facts.user());
            assertArrayEquals(Files.readAllBytes(Path.of("/proc/" + server.pid() + "/cgroup")), facts.cgroup());
            assertEquals(NamespaceTarget.inode(netns.path()), facts.netns());
            assertEquals(machineOfThisHost(), facts.machine());
            HostEvidence host = got.all(HostEvidence.class).getFirst();
            long bootS = Long.parseLong(String.valueOf(host.get(HostEvidence.BOOT_TIME_S)));
            long ticks = Long.parseLong(String.valueOf(host.get(HostEvidence.CLOCK_TICKS)));
            long startedS = bootS + facts.startedTicks() / ticks;
            assertTrue(Math.abs(Instant.now().getEpochSecond() - startedS) < 120, "started just now");
        }
    }

    private static int machineOfThisHost() {
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> 62;
            case "aarch64" -> 183;
            case "riscv64" -> 243;
            case "s390x" -> 22;
            case "ppc64le" -> 21;
            default -> -1;
        };
    }

    @Test
    void aRotatedPartHasThemAgain() throws Exception {
        try (NetNamespace netns = NetNamespace.create()) {
            Python server = Python.start(netns, LISTEN);
            Recorder.run(options(netns).withInterval(Duration.ofMillis(1100)).withCount(2)
                    .withRotation(RecordOptions.Limit.of("1K"), null), new StopSignal(), line -> {});
            try (Stream<Path> parts = Files.list(folder)) {
                List<Path> files = parts.sorted().toList();
                assertEquals(2, files.size());
                for (Path part : files) {
                    Recorded got = Recorded.read(part);
                    assertEquals(1, factsOf(got, server.pid()).size());
                    assertEquals(1, got.all(HostNamespaces.class).size());
                }
            }
        }
    }

    @Test
    void aCommandLineThatIsNotWantedIsWithheld() throws Exception {
        try (NetNamespace netns = NetNamespace.create()) {
            Python server = Python.start(netns, LISTEN);
            Processes.Facts facts =
                    factsOf(record(options(netns).withCmdlines(false)), server.pid()).getFirst();
            assertEquals(0, facts.cmdline().length);
            assertEquals(Processes.CMDLINE_WITHHELD, facts.flags());
            assertEquals("root", facts.user());
        }
    }

    /** Other programs on the machine share the budget, so that a snapshot may not reach all threads. */
    @Test
    void threadsShowTheDescriptorThatTheyWaitFor() throws Exception {
        try (NetNamespace netns = NetNamespace.create()) {
            Python blocked = Python.start(netns, BLOCK);
            List<Threads> snapshots = record(options(netns).withCount(20)).all(Threads.class);
            assertEquals(20, snapshots.size());
            List<List<Threads.Thread>> seen = snapshots.stream().map(t -> of(t, blocked.pid()))
                    .dropWhile(threads -> onSockets(threads).size() < 2).toList();
            assertTrue(seen.size() >= 2, "not reached in time");
            for (List<Threads.Thread> threads : seen) {
                assertEquals(List.of(50, 60), onSockets(threads).stream().map(Threads.Thread::argument).toList());
                for (Threads.Thread thread : onSockets(threads)) {
                    assertEquals('S', thread.state());
                    assertTrue(thread.call() > 0);
                    assertFalse(thread.wchan().isEmpty());
                    assertEquals(0, thread.errno());
                }
                assertTrue(threads.stream().allMatch(t -> t.argument() < 1 << 20));
            }
            for (List<Threads.Thread> threads : seen.subList(1, seen.size())) {
                assertEquals(2, onSockets(threads.subList(0, 2)).size(), "those on a socket come first");
            }
            assertTrue(seen.stream().anyMatch(threads -> threads.size() == 3), "the main thread has its turn");
        }
    }

    private static List<Threads.Thread> of(Threads threads, int pid) {
        return threads.processes().stream().filter(p -> p.pid() == pid)
                .flatMap(p -> p.threads().stream()).toList();
    }

    private static List<Threads.Thread> onSockets(List<Threads.Thread> threads) {
        return threads.stream().filter(t -> t.argument() == 50 || t.argument() == 60)
                .sorted(Comparator.comparingInt(Threads.Thread::argument)).toList();
    }

    @Test
    void threadsAreNotReadWhenTheyAreNotWanted() throws Exception {
        try (NetNamespace netns = NetNamespace.create()) {
            Python.start(netns, LISTEN);
            assertTrue(record(options(netns).withThreads(false)).all(Threads.class).isEmpty());
            Recorded never = record(options(netns).withOwners(new OwnersPolicy.Never()).withForce(true));
            assertTrue(never.all(Threads.class).isEmpty() && never.all(Processes.class).isEmpty(),
                    "no owners, no threads");
            assertEquals(1, never.all(HostNamespaces.class).size(), "in the first snapshot all the same");
        }
    }

    @Test
    void aSocketThatAppearsIsLookedForSoonButNotForEver() throws Exception {
        try (NetNamespace netns = NetNamespace.create();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Python growing = Python.start(netns, GROW);
            RecordOptions options = options(netns).withCount(0).withOwners(OwnersPolicy.of("24h"));
            StopSignal stop = new StopSignal();
            Future<RecordSummary> recording = thread.submit(() -> Recorder.run(options, stop, line -> {}));
            awaitScans(options.file(), 1);
            growing.goOn();
            // A first scan is slow in a new JVM, and the next may come after 20 times as long.
            awaitScans(options.file(), 2);
            TimeUnit.MILLISECONDS.sleep(3000);
            stop.request();
            int snapshots = recording.get().snapshots();
            Recorded got = Recorded.read(options.file());
            List<Owners> whole = wholeScans(got);
            // The sockets can appear during a snapshot, so that one scan does not see all of them.
            assertTrue(whole.size() <= 4, whole.size() + " scans in " + snapshots + " snapshots");
            Owners.Holder holder = got.all(Owners.class).stream()
                    .filter(o -> o.whole() && o.snapshot() == whole.getLast().snapshot())
                    .flatMap(o -> o.processes().stream())
                    .filter(h -> h.pid() == growing.pid()).findFirst().orElseThrow();
            assertEquals(4, holder.fds().length, "two listeners and a pair");
        }
    }

    private static List<Owners> wholeScans(Recorded got) {
        return got.all(Owners.class).stream().filter(o -> o.whole() && o.last()).toList();
    }

    private static void awaitScans(Path file, int scans) throws Exception {
        for (int i = 0; i < 1200; i++) {
            if (Files.exists(file) && Files.size(file) > 0 && wholeScans(Recorded.read(file)).size() >= scans) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        fail("there were not " + scans + " scans in two minutes");
    }

    @Test
    void countersStandBesideEachSnapshot() throws Exception {
        try (NetNamespace netns = NetNamespace.create()) {
            Recorded got = record(options(netns));
            for (String name : List.of("netstat", "snmp", "snmp6", "softnet_stat")) {
                List<ProcText> texts = got.all(ProcText.class).stream()
                        .filter(t -> t.path().equals("/proc/net/" + name)).toList();
                assertEquals(List.of(0, 1, 2), texts.stream().map(ProcText::snapshot).toList(), name);
                assertTrue(texts.stream().allMatch(t -> t.when() == ProcText.When.AFTER_DUMPS && t.last()), name);
                assertTrue(texts.stream().allMatch(t -> t.errno() == 0 && t.text().isReadable()), name);
            }
        }
    }

    @Test
    void namespacesThatAreNotRecordedAreCounted() throws Exception {
        try (NetNamespace recorded = NetNamespace.create();
                NetNamespace other = NetNamespace.create()) {
            Python stranger = Python.start(other, LISTEN);
            List<String> lines = new ArrayList<>();
            RecordOptions options = options(recorded);
            Recorder.run(options, new StopSignal(), lines::add);
            HostNamespaces host = Recorded.read(options.file()).all(HostNamespaces.class).getFirst();
            HostNamespaces.Namespace found = namespace(host, NamespaceTarget.inode(other.path()));
            assertEquals(new HostNamespaces.Namespace(
                    NamespaceTarget.inode(other.path()), 1, other.name(), stranger.pid(), "python3"), found);
            assertEquals(0, namespace(host, NamespaceTarget.inode(recorded.path())).processes());
            assertTrue(namespace(host, NamespaceTarget.inode(Path.of("/proc/self/ns/net"))).processes() > 0);
            assertEquals(1, lines.stream().filter(l -> l.matches(
                    "\\d+ other network namespaces with \\d+ processes are not recorded;"
                            + " --netns all records them.*"))
                    .count(), lines.toString());
        }
    }

    private static HostNamespaces.Namespace namespace(HostNamespaces host, long inode) {
        return host.namespaces().stream().filter(n -> n.inode() == inode).findFirst().orElseThrow();
    }

    @Test
    void everyRecordOfProcessesStandsInItsSnapshot() throws Exception {
        try (NetNamespace netns = NetNamespace.create()) {
            Python.start(netns, LISTEN);
            int open = -1;
            for (CaptureRecord record : record(options(netns)).records()) {
                switch (record) {
                    case dev.sockreel.capture.record.SnapshotBegin begin -> open = begin.snapshot();
                    case dev.sockreel.capture.record.SnapshotEnd end -> open = -1;
                    case dev.sockreel.capture.record.SnapshotPart part -> assertEquals(open, part.snapshot());
                    default -> {}
                }
            }
        }
    }
}
