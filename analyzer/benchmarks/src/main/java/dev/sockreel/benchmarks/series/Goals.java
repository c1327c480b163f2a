package dev.sockreel.benchmarks.series;

/**
 * What sockreel should reach on a scenario; NaN where nothing is set.
 *
 * @param steadyBytes at most so many bytes a socket and snapshot, the first snapshot aside
 * @param findingsNs  at most so much CPU time of {@code findings} for one more socket and snapshot
 */
record Goals(double steadyBytes, double findingsNs) {
    static final Goals NONE = new Goals(Double.NaN, Double.NaN);
    /** At most so many times the CPU time of the kernel's limit for {@code record}. */
    static final double RECORD_TO_LIMIT = 2;
    /** At most so many times the time of a file of one snapshot for a moment of a long file. */
    static final double MOMENT_TO_SINGLE = 1.5;
}
