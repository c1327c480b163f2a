package dev.sockreel.recorder.kernel;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of receive buffers, shared by receivers and the writing thread. When it is empty the receiver waits
 * and measures for how long: a dump that waits is less consistent.
 *
 * <p>Last in, first out: while the writing thread keeps up, the same few buffers are reused and stay in the cache. The
 * others are not even allocated, which saves 2 MiB where sockets are few.
 */
public final class ReceivePool {
    /** The size of a buffer, the most that the kernel fills for one datagram; larger ones gain nothing. */
    public static final int BUFFER_BYTES = 32 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final ReceiveSlot[] free;
    private int count;
    /** How many slots exist. */
    private int made;

    public ReceivePool(int slots) {
        free = new ReceiveSlot[slots];
    }

    public int slots() {
        return free.length;
    }

    /** Returns a free slot, or null when there is none. */
    @Nullable
    public ReceiveSlot poll() {
        lock.lock();
        try {
            return freeOrNew();
        } finally {
            lock.unlock();
        }
    }

    /** Returns a free slot, and waits for one if needed; the writing thread returns every slot it takes. */
    public ReceiveSlot take(Waited waited) throws InterruptedException {
        lock.lock();
        try {
            ReceiveSlot slot = freeOrNew();
            if (slot != null) {
                return slot;
            }
            long begun = System.nanoTime();
            while (count == 0) {
                returned.await();
            }
            waited.nanos += System.nanoTime() - begun;
            return free[--count];
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ReceiveSlot freeOrNew() {
        if (count > 0) {
            return free[--count];
        }
        if (made == free.length) {
            return null;
        }
        made++;
        return new ReceiveSlot(ByteBuffer.allocateDirect(BUFFER_BYTES));
    }

    public void give(ReceiveSlot slot) {
        lock.lock();
        try {
            free[count++] = slot;
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The time a receiver waited for slots, nanoseconds. */
    public static final class Waited {
        public long nanos;
    }
}
