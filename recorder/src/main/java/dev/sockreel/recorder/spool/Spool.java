package dev.sockreel.recorder.spool;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.MaskedBytes;
import dev.sockreel.nlmsg.SecretMask;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.kernel.ReceivePool;
import dev.sockreel.recorder.kernel.ReceiveSlot;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The writing thread and its queue. It takes what the receivers put in, masks secrets, and passes records to the sink
 * while dumps run. After the first failure it writes nothing more, but still empties the queue and returns slots, so
 * that no receiver hangs.
 */
public final class Spool implements AutoCloseable {
    /** The queue's room for records beside the slots; texts of /proc come in parts of 64 KiB. */
    private static final int MAX_RECORDS = 32;

    private final ReceivePool pool;
    private final RecordSink sink;
    private final boolean keepSecrets;
    private final BlockingQueue<SpoolItem> queue;
    private final UnknownInodes inodes;
    private final Map<Integer, MaskedBytes> maskedByDump = new HashMap<>();
    /** The families of the dumps that run, null for one that is not in the table. */
    private final Map<Integer, @Nullable Family> families = new HashMap<>();
    private final SecretSearch secrets = new SecretSearch();
    private final Thread thread;
    private @Nullable SecretMask mask;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private long openSockets;
    private long openBytes;
    private Written written = Written.NOTHING;

    /**
     * The totals written to the sink, up to the last finished snapshot.
     *
     * @param snapshots number of finished snapshots
     * @param sockets   number of socket messages in all snapshots
     * @param bytes     size of the datagrams
     * @param masked    number of secret bytes zeroed
     */
    public record Written(int snapshots, long sockets, long bytes, long masked) {
        public static final Written NOTHING = new Written(0, 0, 0, 0);

        public Written plus(Written other) {
            return new Written(snapshots + other.snapshots, sockets + other.sockets, bytes + other.bytes,
                    masked + other.masked);
        }

        public Written minus(Written other) {
            return new Written(snapshots - other.snapshots, sockets - other.sockets, bytes - other.bytes,
                    masked - other.masked);
        }
    }

    /** @param inodes notices sockets in the dumps whose owners were not looked for */
    public Spool(ReceivePool pool, RecordSink sink, boolean keepSecrets, UnknownInodes inodes) {
        this.pool = pool;
        this.sink = sink;
        this.keepSecrets = keepSecrets;
        this.inodes = inodes;
        this.queue = new ArrayBlockingQueue<>(pool.slots() + MAX_RECORDS);
        this.thread = Thread.ofPlatform().daemon().name("sockreel-writer").start(this::loop);
    }

    /** Passes filled slots to the writing thread, which returns them to the pool. */
    public void put(SlotBatch batch) throws InterruptedException {
        queue.put(batch);
    }

    public void put(CaptureRecord record) throws InterruptedException {
        queue.put(new SpoolItem.Ready(record));
    }

    /**
     * Runs an action on the writing thread after everything that was put in before, and waits for it.
     *
     * @throws IOException when the action fails or an earlier record could not be written
     */
    public void run(SpoolItem.Action action) throws IOException, InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        queue.put(new SpoolItem.Task(action, done));
        try {
            done.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Returns true when a write failed: what is put in from now on is lost. */
    public boolean failed() {
        return failure != null;
    }

    /** Returns the totals; current only after {@link #run}, and on the writing thread. */
    public Written written() {
        return written;
    }

    private void loop() {
        while (!closed || !queue.isEmpty()) {
            try {
                handle(queue.take());
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; an interrupt could close the file under a write.
                failure = e;
            } catch (RuntimeException | Error e) {
                // The thread goes on: without it receivers would wait for slots forever.
                failure = e;
            }
        }
    }

    private void handle(SpoolItem item) {
        switch (item) {
            case SlotBatch batch -> {
                for (int i = 0; i < batch.count(); i++) {
                    write(batch.slot(i));
                }
            }
            case SpoolItem.Ready ready -> attempt(() -> write(ready.record()));
            case SpoolItem.Task task -> {
                try {
                    attempt(task.action());
                } finally {
                    Throwable failed = failure;
                    if (failed == null) {
                        task.done().complete(null);
                    } else {
                        task.done().completeExceptionally(failed);
                    }
                }
            }
        }
    }

    private void attempt(SpoolItem.Action action) {
        if (failure != null) {
            return;
        }
        try {
            action.run();
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Writes the slot's datagram unless something failed before, and returns the slot in any case. */
    private void write(ReceiveSlot slot) {
        try {
            if (failure == null) {
                writeDatagram(slot);
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        } finally {
            pool.give(slot);
        }
    }

    private void writeDatagram(ReceiveSlot slot) throws IOException {
        int masked = keepSecrets ? 0 : maskSecrets(slot);
        slot.buf.setIndex(0, slot.length);
        sink.write(new Datagram(
                slot.dump,
                slot.number,
                masked > 0 ? Datagram.MASKED : 0,
                slot.msgFlags,
                slot.trueLength,
                slot.senderPid,
                slot.time,
                slot.buf));
        inodes.look(slot.nio, slot.length);
        openSockets += slot.sockets;
        openBytes += slot.length;
    }

    private int maskSecrets(ReceiveSlot slot) {
        Family family = families.get(slot.dump);
        if (!secrets.mayHold(slot.nio, slot.length, SecretMask.mayHoldKeys(family))) {
            return 0;
        }
        SecretMask masker = masker(slot.buf);
        int masked = masker.mask(slot.buf, slot.length, ByteOrder.nativeOrder(), family);
        if (masked > 0) {
            maskedByDump.merge(slot.dump, masker.last(), MaskedBytes::plus);
        }
        return masked;
    }

    private SecretMask masker(ByteBuf any) {
        SecretMask masker = mask;
        if (masker == null) {
            masker = new SecretMask(any);
            mask = masker;
        }
        return masker;
    }

    private void write(CaptureRecord record) throws IOException {
        switch (record) {
            case DumpBegin begin -> families.put(begin.dump(), Family.ofIdOrKind(begin.family()));
            case DumpEnd end -> noteMasked(end);
            case SnapshotBegin begin -> inodes.beginSnapshot();
            case ClosedSockets closed when !keepSecrets -> maskClosed(closed);
            default -> {}
        }
        sink.write(record);
        if (record instanceof SnapshotEnd) {
            written = new Written(
                    written.snapshots() + 1,
                    written.sockets() + openSockets,
                    written.bytes() + openBytes,
                    written.masked());
            openSockets = 0;
            openBytes = 0;
        }
    }

    /** Writes one note per dump with masked secrets, before its end. */
    private void noteMasked(DumpEnd end) throws IOException {
        families.remove(end.dump());
        MaskedBytes masked = maskedByDump.remove(end.dump());
        if (masked != null) {
            noteMasked(-1, end.dump(), masked);
        }
    }

    private void maskClosed(ClosedSockets closed) throws IOException {
        ByteBuf data = closed.data();
        SecretMask masker = masker(data);
        if (masker.mask(data, data.readableBytes(), ByteOrder.nativeOrder()) > 0) {
            noteMasked(closed.snapshot(), -1, masker.last());
        }
    }

    private void noteMasked(int snapshot, int dump, MaskedBytes masked) throws IOException {
        sink.write(new RecorderNote(
                snapshot, dump, RecorderNote.Kind.SECRETS_MASKED, masked.all(), HostClock.now(),
                masked.sentence() + "; --keep-secrets stores them"));
        written = new Written(
                written.snapshots(), written.sockets(), written.bytes(), written.masked() + masked.all());
    }

    /** Ends the thread when the queue is empty. */
    @Override
    public void close() {
        closed = true;
        try {
            // Not an interrupt: that would close the file under a write.
            queue.put(new SpoolItem.Task(() -> {}, new CompletableFuture<>()));
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
