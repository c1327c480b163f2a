package dev.sockreel.recorder.kernel;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded pool between receivers and the writing thread. When it is empty the receiver waits, and says for how
 * long: a dump that waits is less consistent.
 *
 * <p>Last in, first out: while the writing thread keeps up, the same few buffers go round and stay in the cache.
 */
public final class ReceivePool {
    /** What the kernel fills at most for one datagram; larger buffers gain nothing. */
    public static final int BUFFER_BYTES = 32 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private final ReceiveSlot[] free;
    private int count;

    public ReceivePool(int slots) {
        free = new ReceiveSlot[slots];
        ByteBuffer all = ByteBuffer.allocateDirect(slots * BUFFER_BYTES);
        for (int i = 0; i < slots; i++) {
            free[i] = new ReceiveSlot(all.slice(i * BUFFER_BYTES, BUFFER_BYTES));
        }
        count = slots;
    }

    public int slots() {
        return free.length;
    }

    /** A free slot, or null when there is none. */
    @Nullable
    public ReceiveSlot poll() {
        lock.lock();
        try {
            return count == 0 ? null : free[--count];
        } finally {
            lock.unlock();
        }
    }

    /** A free slot, waiting for one when there is none; the writing thread always gives back what it takes. */
    public ReceiveSlot take(Waited waited) throws InterruptedException {
        lock.lock();
        try {
            long begun = count == 0 ? System.nanoTime() : 0;
            while (count == 0) {
                given.await();
            }
            waited.nanos += begun == 0 ? 0 : System.nanoTime() - begun;
            return free[--count];
        } finally {
            lock.unlock();
        }
    }

    public void give(ReceiveSlot slot) {
        lock.lock();
        try {
            free[count++] = slot;
            given.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds a receiver waited for slots. */
    public static final class Waited {
        public long nanos;
    }
}
