package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.kernel.ReceivePool;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.spool.Spool;
import dev.sockreel.recorder.spool.UnknownInodes;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the kernel announces of destroyed sockets. */
@Live
class LiveClosedTest {
    /** Opens and closes a connection of each kind as often as its argument says, at each line of its input. */
    private static final String CHURN = """
            import socket, sys
            def listen(family, address):
                s = socket.socket(family)
                s.bind((address, 0))
                s.listen(10)
                return s
            s4, s6 = listen(socket.AF_INET, "127.0.0.1"), listen(socket.AF_INET6, "::1")
            print("ready", flush=True)
            for line in sys.stdin:
                for i in range(int(sys.argv[1])):
                    for s in (s4, s6):
                        c = socket.create_connection(s.getsockname()[:2])
                        a, _ = s.accept()
                        c.send(b"unread")
                        a.close()
                        c.close()
                        u = socket.socket(s.family, socket.SOCK_DGRAM)
                        u.bind((s.getsockname()[0], 0))
                        u.close()
                print("ready", flush=True)
            """;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void needsNamespacesAndPython() {
        assumeTrue(NetNamespace.isAvailable() && Python.isAvailable(), "needs root, ip netns and python3");
    }

    @Test
    void socketsThatDieBetweenSnapshotsAreInTheFile() throws Exception {
        try (NetNamespace netns = NetNamespace.create();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Python churn = Python.start(netns, CHURN, "5");
            RecordOptions options = RecordOptions.to(folder.resolve("x.reel")).withInterval(Duration.ofMillis(1500))
                    .withNamespaces(List.of(netns.name())).withClosed(true);
            StopSignal stop = new StopSignal();
            List<String> lines = new ArrayList<>();
            Future<RecordSummary> recording =
                    thread.submit(() -> Recorder.run(options, stop, line -> lines.add(line)));
            TimeUnit.MILLISECONDS.sleep(1000);
            churn.goOn();
            TimeUnit.MILLISECONDS.sleep(1500);
            churn.goOn();
            TimeUnit.MILLISECONDS.sleep(300);
            stop.request();
            int snapshots = recording.get().snapshots();
            Recorded got = Recorded.read(options.file());
            assertTrue(got.whole());
            List<ClosedSockets> closed = got.all(ClosedSockets.class);
            for (int family : new int[] {AF_INET, AF_INET6}) {
                List<ClosedSockets> its = closed.stream().filter(c -> c.data().getByte(16) == family).toList();
                // TCP ends in TIME-WAIT or CLOSE, a message each; UDP ends once.
                assertTrue(its.size() >= 2 * 5 * 3, its.size() + " of family " + family);
            }
            assertTrue(closed.stream().allMatch(c -> c.netns() == 0
                    && c.data().nioBuffer().order(ByteOrder.nativeOrder())
                            .getShort(4) == Nlmsghdr.SOCK_DIAG_BY_FAMILY));
            for (int i = 0; i < closed.size(); i++) {
                assertEquals(i, closed.get(i).number());
                assertTrue(closed.get(i).snapshot() < snapshots);
            }
            assertTrue(got.all(RecorderNote.class).stream()
                    .noneMatch(n -> n.kind() == RecorderNote.Kind.CLOSED_LOST));
            List<CaptureRecord> records = got.records();
            int lastEnd = 0;
            for (int i = 0; i < records.size(); i++) {
                lastEnd = records.get(i) instanceof SnapshotEnd ? i : lastEnd;
            }
            assertTrue(records.subList(lastEnd, records.size()).stream().anyMatch(ClosedSockets.class::isInstance),
                    "those after the last snapshot");
            assertTrue(records.subList(0, lastEnd).stream().anyMatch(ClosedSockets.class::isInstance));
        }
    }

    /** Nothing takes the messages: first the listener is full, then the kernel's buffer. */
    @Test
    void whatOverflowsIsCounted() throws Exception {
        List<CaptureRecord> written = new ArrayList<>();
        try (NetNamespace netns = NetNamespace.create();
                Spool spool = new Spool(new ReceivePool(1), written::add, false, new UnknownInodes())) {
            Python churn = Python.start(netns, CHURN, "100");
            try (ClosedListener listener = new ClosedListener(
                    7, new NamespaceTarget(netns.name(), netns.path()), new AtomicInteger(), 1000, 4096)) {
                churn.goOn();
                for (int i = 0; i < 100 && written.stream().noneMatch(RecorderNote.class::isInstance); i++) {
                    listener.store(spool, 3);
                    spool.run(() -> {});
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
        }
        RecorderNote lost = written.stream().filter(RecorderNote.class::isInstance).map(RecorderNote.class::cast)
                .findFirst().orElseThrow();
        assertEquals(RecorderNote.Kind.CLOSED_LOST, lost.kind());
        assertEquals(3, lost.snapshot());
        assertTrue(lost.value() >= 1);
        assertTrue(lost.text().contains("ENOBUFS"), lost.text());
        long kept = written.stream().filter(ClosedSockets.class::isInstance).count();
        assertTrue(kept >= 1 && kept < 100, kept + " kept");
    }

    @Test
    void itIsNoUseWithNoModprobe() throws Exception {
        Child got = Child.run(
                "record", "-o", folder.resolve("x.reel").toString(), "--closed", "--no-modprobe", "--count", "1");
        assertEquals(2, got.exit(), got.err());
        assertEquals("sockreel: --closed can load a kernel module, so --no-modprobe excludes it",
                got.err().lines().findFirst().orElseThrow());
    }
}
