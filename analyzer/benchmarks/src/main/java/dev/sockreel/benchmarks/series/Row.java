package dev.sockreel.benchmarks.series;

/**
 * What a tool needed in one round. NaN stands where it does not apply: a tool that writes no file, or cannot replay.
 *
 * @param steadyBytes bytes written a socket and snapshot, the first snapshot aside
 * @param allBytes    the same with the first
 * @param fileBytes   bytes written in all
 * @param cpuNs       CPU time a socket and snapshot, nanoseconds
 * @param maxRssBytes largest resident set
 */
record Row(double steadyBytes, double allBytes, double fileBytes, double cpuNs, double maxRssBytes) {
    static final Row NONE = new Row(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** A tool that writes nothing. */
    static Row reading(Cost cost, long sockets) {
        return sockets == 0 ? NONE : new Row(Double.NaN, Double.NaN, Double.NaN, cost.cpuSeconds() * 1e9 / sockets,
                (double) cost.maxRssBytes());
    }

    /** A tool that wrote the sockets of these dumps. */
    static Row writing(RawDumps dumps, long fileBytes, long firstBytes, double cpuNs, long maxRssBytes) {
        return new Row((double) (fileBytes - firstBytes) / dumps.steadySockets(),
                (double) fileBytes / dumps.sockets(), (double) fileBytes, cpuNs, (double) maxRssBytes);
    }
}
