package dev.sockreel.recorder;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The bounded pool between receivers and the writing thread. When it is empty the receiver waits, and says for how
 * long: a dump that waits is less consistent.
 */
final class ReceivePool {
    /** What the kernel fills at most for one datagram; larger buffers gain nothing. */
    static final int BUFFER_BYTES = 32 * 1024;

    private final BlockingQueue<ReceiveSlot> free;
    private final int slots;

    ReceivePool(int slots) {
        this.slots = slots;
        this.free = new ArrayBlockingQueue<>(slots);
        ByteBuffer all = ByteBuffer.allocateDirect(slots * BUFFER_BYTES);
        for (int i = 0; i < slots; i++) {
            free.add(new ReceiveSlot(all.slice(i * BUFFER_BYTES, BUFFER_BYTES)));
        }
    }

    int slots() {
        return slots;
    }

    /** A free slot, waiting for one when there is none; the writing thread always gives back what it takes. */
    ReceiveSlot take(Waited waited) throws InterruptedException {
        ReceiveSlot slot = free.poll();
        if (slot != null) {
            return slot;
        }
        long begun = System.nanoTime();
        slot = free.take();
        waited.nanos += System.nanoTime() - begun;
        return slot;
    }

    void give(ReceiveSlot slot) {
        free.add(slot);
    }

    /** True when every slot has come back. */
    boolean isFull() throws InterruptedException {
        for (int i = 0; i < 100 && free.size() < slots; i++) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return free.size() == slots;
    }

    /** Nanoseconds a receiver waited for slots. */
    static final class Waited {
        long nanos;
    }
}
