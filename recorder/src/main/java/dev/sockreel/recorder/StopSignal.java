package dev.sockreel.recorder;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks a recording to end: from another thread, a signal, a test. Once asked it stays asked. */
public final class StopSignal {
    private final CountDownLatch latch = new CountDownLatch(1);
    private volatile long requestedAtNs;

    public void request() {
        if (latch.getCount() > 0) {
            requestedAtNs = System.nanoTime();
        }
        latch.countDown();
    }

    public boolean isRequested() {
        return latch.getCount() == 0;
    }

    /** True when it was asked for so long ago that what still runs is to be cut off. */
    boolean isOverdue(long graceNs) {
        return isRequested() && System.nanoTime() - requestedAtNs > graceNs;
    }

    /** Sleeps, but no longer than until the stop; true when it was asked for. */
    boolean await(long nanos) throws InterruptedException {
        return latch.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }
}
