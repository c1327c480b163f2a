package dev.sockreel.recorder;

import java.nio.file.Path;
import java.util.List;

/**
 * The totals of a recording. They count only what is in its files.
 *
 * @param file         the last file
 * @param files        number of parts begun
 * @param snapshots    number of finished snapshots
 * @param sockets      number of socket messages in all snapshots
 * @param bytes        size of the datagrams as received
 * @param fileBytes    size of all parts, deleted ones included
 * @param maskedBytes  number of secret bytes zeroed
 * @param unavailable  ids of families that were wanted and unavailable
 * @param gone         a clause for each named namespace that was deleted during the recording
 * @param userCpuNs    CPU time of the process in user mode during the recording
 * @param kernelCpuNs  CPU time of the process in the kernel during the recording
 */
public record RecordSummary(
        Path file,
        int files,
        int snapshots,
        long sockets,
        long bytes,
        long fileBytes,
        long maskedBytes,
        List<String> unavailable,
        List<String> gone,
        long userCpuNs,
        long kernelCpuNs) {}
