package dev.sockreel.benchmarks.series;

/**
 * The figures that sockreel should reach on a scenario; NaN where nothing is set.
 *
 * @param steadyBytes at most so many bytes a socket and snapshot, the first snapshot aside
 * @param snapshotBytes at most so many bytes a snapshot, likewise
 * @param findingsNs  at most so much CPU time of {@code findings} for one more socket and snapshot
 */
record Goals(double steadyBytes, double snapshotBytes, double findingsNs) {
    static final Goals NONE = new Goals(Double.NaN, Double.NaN, Double.NaN);
    /** At most so many times the CPU time of the kernel's limit for {@code record}. */
    static final double RECORD_TO_LIMIT = 2;
    /** At most so many times the time of a file of one snapshot for a moment of a long file. */
    static final double MOMENT_TO_SINGLE = 1.5;

    /** Goals of a large scenario. */
    static Goals ofSockets(double steadyBytes, double findingsNs) {
        return new Goals(steadyBytes, Double.NaN, findingsNs);
    }

    /** The goal of a small host. */
    static Goals ofSnapshots(double bytes) {
        return new Goals(Double.NaN, bytes, Double.NaN);
    }
}
