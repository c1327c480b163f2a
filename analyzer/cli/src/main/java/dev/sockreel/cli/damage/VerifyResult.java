package dev.sockreel.cli.damage;

/**
 * Counts of {@code verify} for one file.
 *
 * @param tables      number of tables of /proc/net that stand in for dumps
 * @param unavailable number of dumps of families that the kernel has no handler for
 */
record VerifyResult(int faults, int snapshots, int dumps, long tables, int unavailable) {
    boolean isWhole() {
        return faults == 0;
    }
}
