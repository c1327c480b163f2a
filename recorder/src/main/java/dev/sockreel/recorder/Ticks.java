package dev.sockreel.recorder;

/**
 * The clock of a recording: snapshots begin at multiples of the interval after the first. A tick that passes while a
 * snapshot still runs is counted as missed and not caught up.
 */
final class Ticks {
    private final long intervalNs;
    private long beganNs;
    private long next;
    private long missed;
    private long allMissed;
    private long lateNs;

    Ticks(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    void begin() {
        beganNs = System.nanoTime();
        next = 0;
    }

    /** Begins a snapshot; returns the number of ticks missed before it. */
    long take() {
        long out = missed;
        missed = 0;
        allMissed += out;
        lateNs = sinceBeginNs() - next * intervalNs;
        next++;
        return out;
    }

    /** Returns the time until the next tick that has not passed, nanoseconds. */
    long untilNextNs() {
        long since = System.nanoTime() - beganNs;
        if (since > next * intervalNs) {
            // A tick that is due right now is not missed; one that has passed is.
            long due = (since + intervalNs - 1) / intervalNs;
            missed += due - next;
            next = due;
        }
        return next * intervalNs - since;
    }

    /** Returns the number of ticks missed so far. */
    long allMissed() {
        return allMissed;
    }

    /** Returns the time by which the last snapshot began after its tick, nanoseconds. */
    long lateNs() {
        return Math.max(0, lateNs);
    }

    /** Returns the time since the first tick, nanoseconds. */
    long sinceBeginNs() {
        return System.nanoTime() - beganNs;
    }

    /** The next tick's time since the first, nanoseconds. */
    long nextSinceBeginNs() {
        return next * intervalNs;
    }
}
