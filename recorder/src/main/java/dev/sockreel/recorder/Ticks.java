package dev.sockreel.recorder;

/**
 * The clock of a recording: snapshots begin on a grid of one interval from the first. A tick that passes while a
 * snapshot still runs is missed: it is counted, and not caught up.
 */
final class Ticks {
    private final long intervalNs;
    private long beganNs;
    private long next;
    private long missed;

    Ticks(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    void begin() {
        beganNs = System.nanoTime();
        next = 0;
    }

    /** A snapshot begins; gives how many ticks were missed before it. */
    long take() {
        long out = missed;
        missed = 0;
        next++;
        return out;
    }

    /** Nanoseconds until the next tick that has not passed. */
    long untilNextNs() {
        long since = System.nanoTime() - beganNs;
        if (since > next * intervalNs) {
            // Due at this very moment is not missed; what is more than an interval late has been.
            long due = (since + intervalNs - 1) / intervalNs;
            missed += due - next;
            next = due;
        }
        return next * intervalNs - since;
    }

    /** The next tick's time from the first one, nanoseconds. */
    long nextSinceBeginNs() {
        return next * intervalNs;
    }
}
