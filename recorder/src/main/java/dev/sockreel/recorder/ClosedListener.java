package dev.sockreel.recorder;

import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.kernel.NetlinkSocket;
import dev.sockreel.recorder.kernel.ReceivePool;
import dev.sockreel.recorder.kernel.ReceiveSlot;
import dev.sockreel.recorder.kernel.SyscallException;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.recorder.spool.Spool;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Receives what the kernel announces of destroyed sockets in one network namespace, on a platform thread of its own,
 * and keeps it until a snapshot stores it. At most {@link #MAX_BYTES} wait here; the thread then leaves the rest in the
 * kernel's buffer, and what overflows there is counted (ENOBUFS).
 */
final class ClosedListener implements AutoCloseable {
    /** The size of the messages that wait for the next snapshot in one namespace, bytes. */
    static final int MAX_BYTES = 8 << 20;

    /** The kernel's buffer, bytes; it counts a message of some 500 bytes as 1 to 2 KiB. */
    private static final int KERNEL_BUFFER_BYTES = 8 << 20;

    private static final int POLL_MS = 100;

    private final int netns;
    private final AtomicInteger numbers;
    private final int maxBytes;
    private final int kernelBufferBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private List<Message> waiting = new ArrayList<>();
    private int bytes;
    private int lost;
    private @Nullable String failure;
    private volatile boolean closed;
    private final Thread thread;
    private final OwnSockets.Own own;

    @SuppressWarnings("ArrayRecordComponent")
    private record Message(byte[] data, int msgFlags, ReceiveTime time) {}

    /**
     * Joins the groups.
     *
     * @param numbers number of the next stored message, across all namespaces
     * @throws RecordingException when this is not permitted or the namespace cannot be entered
     */
    ClosedListener(int netns, NamespaceTarget target, AtomicInteger numbers)
            throws RecordingException, InterruptedException {
        this(netns, target, numbers, MAX_BYTES, KERNEL_BUFFER_BYTES);
    }

    ClosedListener(int netns, NamespaceTarget target, AtomicInteger numbers, int maxBytes, int kernelBufferBytes)
            throws RecordingException, InterruptedException {
        this.netns = netns;
        this.numbers = numbers;
        this.maxBytes = maxBytes;
        this.kernelBufferBytes = kernelBufferBytes;
        CompletableFuture<OwnSockets.Own> joined = new CompletableFuture<>();
        thread = Thread.ofPlatform().daemon().name("sockreel-closed-" + netns).unstarted(() -> run(target, joined));
        thread.start();
        try {
            own = joined.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RecordingException r -> throw r;
                case SyscallException s -> throw new RecordingException(sentence(s, target), s);
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private static String sentence(SyscallException e, NamespaceTarget target) {
        String why = e.errno() == Errno.EPERM || e.errno() == Errno.EACCES
                ? " is not permitted; it may need CAP_NET_ADMIN (" : " is not possible (";
        return "--closed: joining the groups of closed sockets in " + target.description() + why + e.getMessage() + ")";
    }

    /** Returns the numbers of its socket. */
    OwnSockets.Own own() {
        return own;
    }

    private void run(NamespaceTarget target, CompletableFuture<OwnSockets.Own> joined) {
        try {
            target.enter();
            try (NetlinkSocket socket = NetlinkSocket.open()) {
                socket.joinDestroyGroups(kernelBufferBytes);
                joined.complete(socket.numbers());
                receive(socket);
            }
        } catch (SyscallException e) {
            end(String.valueOf(e.getMessage()));
            joined.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RecordingException e) {
            joined.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            end(e.toString());
            if (!joined.completeExceptionally(e)) {
                throw e; // nobody waits any more: the thread's handler reports it
            }
        }
    }

    /** Lets the next snapshot say why no more comes. */
    private void end(String why) {
        lock.lock();
        try {
            failure = why;
        } finally {
            lock.unlock();
        }
    }

    private void receive(NetlinkSocket socket) throws SyscallException, InterruptedException {
        ReceiveSlot slot = new ReceivePool(1).take(new ReceivePool.Waited());
        while (!closed) {
            int got = socket.receive(slot);
            switch (-got) {
                case 0 -> keep(slot);
                case Errno.EAGAIN -> socket.await(POLL_MS);
                case Errno.ENOBUFS -> countLoss();
                default -> throw socket.failed("recvmsg", -got);
            }
        }
    }

    private void keep(ReceiveSlot slot) throws InterruptedException {
        byte[] data = new byte[slot.length];
        slot.buf.getBytes(0, data);
        ReceiveTime time = HostClock.now();
        lock.lock();
        try {
            while (bytes + data.length > maxBytes && !closed) {
                drained.await();
            }
            waiting.add(new Message(data, slot.msgFlags, time));
            bytes += data.length;
        } finally {
            lock.unlock();
        }
    }

    private void countLoss() {
        lock.lock();
        try {
            lost++;
        } finally {
            lock.unlock();
        }
    }

    /** Stores what was received since the last call, and how often something was lost. */
    void store(Spool spool, int snapshot) throws InterruptedException {
        List<Message> messages;
        int losses;
        String failed;
        lock.lock();
        try {
            messages = waiting;
            waiting = new ArrayList<>();
            bytes = 0;
            losses = lost;
            lost = 0;
            failed = failure;
            failure = null;
            drained.signal();
        } finally {
            lock.unlock();
        }
        for (Message m : messages) {
            spool.put(new ClosedSockets(
                    snapshot, netns, numbers.getAndIncrement(), m.msgFlags(), m.time(),
                    Unpooled.wrappedBuffer(m.data())));
        }
        if (losses > 0) {
            spool.put(lost(snapshot, losses, "the kernel's buffer of " + (kernelBufferBytes >> 10)
                    + " KiB was full, so some closed sockets were not announced (ENOBUFS)"));
        }
        if (failed != null) {
            spool.put(lost(snapshot, 1, "closed sockets are not announced any more: " + failed));
        }
    }

    private static RecorderNote lost(int snapshot, int times, String text) {
        return new RecorderNote(
                snapshot, -1, RecorderNote.Kind.CLOSED_LOST, times, HostClock.now(), text);
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            drained.signal();
        } finally {
            lock.unlock();
        }
    }
}
