package dev.sockreel.recorder.kernel;

import dev.sockreel.capture.record.ReceiveTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The host's two clocks, read as one: CLOCK_MONOTONIC in whole microseconds, and CLOCK_REALTIME by the distance between
 * the two as {@link #synchronize} found it last. Times that differ by a constant are cheap to store, and finer ones
 * would tell nothing: a dump takes longer than that between two sockets.
 */
public final class HostClock {
    private static final long US = TimeUnit.MICROSECONDS.toNanos(1);
    /** Reads of both clocks: the thread may lose the CPU between two. */
    private static final int READS = 3;

    private static volatile long distanceNs = read();

    private HostClock() {}

    /**
     * Looks at the distance between the clocks again; at the begin of each snapshot, since CLOCK_REALTIME may be set.
     */
    public static void synchronize() {
        distanceNs = read();
    }

    /** Returns the current time. */
    public static ReceiveTime now() {
        long monotonicNs = Math.floorDiv(System.nanoTime(), US) * US;
        return new ReceiveTime(monotonicNs + distanceNs, monotonicNs);
    }

    /** Returns CLOCK_REALTIME less CLOCK_MONOTONIC in whole microseconds, from the quickest of several reads. */
    private static long read() {
        long bestWidthNs = Long.MAX_VALUE;
        long bestNs = 0;
        for (int i = 0; i < READS; i++) {
            long from = System.nanoTime();
            Instant realtime = Instant.now();
            long to = System.nanoTime();
            if (to - from < bestWidthNs) {
                bestWidthNs = to - from;
                bestNs = TimeUnit.SECONDS.toNanos(realtime.getEpochSecond()) + realtime.getNano() - (from + to) / 2;
            }
        }
        return Math.floorDiv(bestNs, US) * US;
    }
}
