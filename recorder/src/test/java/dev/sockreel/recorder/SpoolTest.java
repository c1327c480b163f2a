package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.kernel.Platform;
import dev.sockreel.recorder.kernel.ReceivePool;
import dev.sockreel.recorder.spool.Spool;
import dev.sockreel.recorder.spool.UnknownInodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests the receiver with a sink that is slow or fails. */
@Live
class SpoolTest {
    private static final Family TCP4 = Family.all().getFirst();

    private static DumpReceiver receiver(ReceivePool pool, Spool spool) {
        return new DumpReceiver(pool, spool, new StopSignal(), new AtomicInteger(), 30_000_000_000L);
    }

    private static DumpReceiver.Result dumpIn(NetNamespace netns, DumpReceiver receiver)
            throws ExecutionException, InterruptedException {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            return thread.submit(() -> {
                new NamespaceTarget(netns.name(), netns.path()).enter();
                return receiver.dump(TCP4, 0, 0);
            }).get();
        }
    }

    @Test
    void anEmptyPoolIsNotedAndLosesNothing() throws Exception {
        assumeTrue(NetNamespace.isAvailable() && NativePrograms.isAvailable(), "needs root, ip netns and cc");
        List<CaptureRecord> written = new ArrayList<>();
        ReceivePool pool = new ReceivePool(2);
        try (NetNamespace netns = NetNamespace.create();
                SocketMaker sockets = SocketMaker.start(netns, "--tcp", "500");
                Spool spool = new Spool(pool, record -> {
                    if (record instanceof Datagram) {
                        sleep();
                    }
                    written.add(record);
                }, false, new UnknownInodes())) {
            assertTrue(sockets.ready().contains("tcp"));
            DumpReceiver.Result result = dumpIn(netns, receiver(pool, spool));
            spool.run(() -> {});
            assertEquals(DumpEnd.Outcome.DONE, result.outcome());
            assertTrue(result.sockets() >= 1000);
        }
        RecorderNote waited = written.stream()
                .filter(RecorderNote.class::isInstance).map(RecorderNote.class::cast)
                .filter(n -> n.kind() == RecorderNote.Kind.RECEIVER_WAITED).findFirst().orElseThrow();
        assertTrue(waited.value() > 10_000_000, "nanoseconds: " + waited.value());
        List<Datagram> datagrams = written.stream()
                .filter(Datagram.class::isInstance).map(Datagram.class::cast).toList();
        for (int i = 0; i < datagrams.size(); i++) {
            assertEquals(i, datagrams.get(i).number());
        }
    }

    private static void sleep() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aSinkThatFailsHangsNobody() throws Exception {
        assumeTrue(Platform.isSupported(), "needs a 64-bit Linux kernel");
        ReceivePool pool = new ReceivePool(2);
        try (Spool spool = new Spool(pool, record -> {
            throw new IOException("the disk is full");
        }, false, new UnknownInodes())) {
            DumpReceiver receiver = receiver(pool, spool);
            for (int i = 0; i < 10; i++) {
                receiver.dump(TCP4, 0, 0);
            }
            IOException e = assertThrows(IOException.class, () -> spool.run(() -> {}));
            assertEquals("the disk is full", e.getMessage());
            assertEquals(new Spool.Written(0, 0, 0, 0), spool.written());
        }
    }
}
