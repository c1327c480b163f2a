package dev.sockreel.benchmarks.results;

/** A scenario that cannot be run here; the message says why. */
public final class LeftOutException extends Exception {
    private static final long serialVersionUID = 1L;

    public LeftOutException(String why) {
        super(why);
    }
}
