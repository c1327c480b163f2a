package dev.sockreel.recorder.host;

/**
 * Keeps the heap near what is alive. The serial collector lets it grow up to its maximum before it looks for garbage
 * among old objects, so a recorder of a small host would take hundreds of megabytes after some hours. Not thread-safe.
 */
public final class HeapBound {
    /** The garbage that is not worth a collection, bytes; more than the young generation holds. */
    private static final long MIN_GARBAGE = 5 << 20;
    /** The garbage for each byte alive that is not, either: one for so many. */
    private static final int ALIVE_SHARE = 4;

    private long alive;

    /** Collects garbage if there is enough of it; to be called when nobody waits. */
    public void rest() {
        if (used() - alive > Math.max(MIN_GARBAGE, alive / ALIVE_SHARE)) {
            System.gc();
            alive = used();
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
