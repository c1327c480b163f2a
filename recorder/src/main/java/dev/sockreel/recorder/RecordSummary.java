package dev.sockreel.recorder;

import java.nio.file.Path;
import java.util.List;

/**
 * The totals of a recording. They count only what is in the files that are left.
 *
 * @param file         the last file
 * @param files        number of files that are left
 * @param goneFiles    number of parts that {@code --retain} deleted, or that are no longer where they were written
 * @param snapshots    number of finished snapshots
 * @param goneSnapshots number of finished snapshots in the parts that are gone
 * @param sockets      number of socket messages in all snapshots
 * @param bytes        size of the datagrams as received
 * @param fileBytes    size of the files
 * @param maskedBytes  number of secret bytes zeroed
 * @param totals       the totals after the last snapshot
 * @param unavailable  ids of families that were wanted and unavailable
 * @param gone         a clause for each named namespace that was deleted during the recording
 * @param userCpuNs    CPU time of the process in user mode during the recording
 * @param kernelCpuNs  CPU time of the process in the kernel during the recording
 */
public record RecordSummary(
        Path file,
        int files,
        int goneFiles,
        int snapshots,
        int goneSnapshots,
        long sockets,
        long bytes,
        long fileBytes,
        long maskedBytes,
        RecordedSoFar totals,
        List<String> unavailable,
        List<String> gone,
        long userCpuNs,
        long kernelCpuNs) {}
