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
 */
public record DiffSummary(int appeared, int gone, int notObserved, int changed, int unchanged, int fromNameless,
        int toNameless, int fromProc) {}
