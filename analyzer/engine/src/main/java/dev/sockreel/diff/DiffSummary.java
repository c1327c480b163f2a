package dev.sockreel.diff;

/**
 * Counts of a comparison.
 *
 * @param unchanged   sockets that both snapshots list with the same values
 * @param fromNameless rows of the earlier snapshot that cannot be distinguished from others like them (lines of
 *                     /proc/net without
 *                    an inode): they are not compared
 * @param toNameless  likewise of the later one
 * @param fromProc    sockets known by a line of /proc/net alone: found again by inode and addresses, which is likely,
 *                    not sure
 * @param leftOut     sockets that the filter does not take, in none of the other counts but the nameless
 */
public record DiffSummary(int appeared, int gone, int notObserved, int changed, int unchanged, int fromNameless,
        int toNameless, int fromProc, LeftOut leftOut) {
    /** Sockets that a filter left out, by what would have been said of them. */
    public record LeftOut(int appeared, int gone, int notObserved, int changed, int unchanged) {
        public static final LeftOut NONE = new LeftOut(0, 0, 0, 0, 0);

        /** Returns the number of all. */
        public int all() {
            return appeared + gone + notObserved + changed + unchanged;
        }
    }
}
