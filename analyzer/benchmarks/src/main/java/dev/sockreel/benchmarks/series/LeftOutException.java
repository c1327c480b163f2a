package dev.sockreel.benchmarks.series;

/** A scenario that cannot be run here; the message says why. */
final class LeftOutException extends Exception {
    private static final long serialVersionUID = 1L;

    LeftOutException(String why) {
        super(why);
    }
}
