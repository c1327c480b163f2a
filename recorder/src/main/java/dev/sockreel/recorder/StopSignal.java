package dev.sockreel.recorder;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Requests the end of a recording, from another thread or a signal handler. A request cannot be withdrawn. */
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

    /** Returns true when the stop was requested longer ago than the grace period. */
    boolean isOverdue(long graceNs) {
        return isRequested() && System.nanoTime() - requestedAtNs > graceNs;
    }

    /** Sleeps, but no longer than until the stop; returns true when it was requested. */
    boolean await(long nanos) throws InterruptedException {
        return latch.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }
}
