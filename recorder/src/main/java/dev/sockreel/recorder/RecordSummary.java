package dev.sockreel.recorder;

import java.nio.file.Path;
import java.util.List;

/**
 * What a recording came to; only what is in its files.
 *
 * @param file         the last one
 * @param files        parts begun
 * @param snapshots    finished
 * @param sockets      messages of sockets, over all snapshots
 * @param bytes        of datagrams, as received
 * @param fileBytes    of all parts, also of those that were deleted since
 * @param maskedBytes  secret bytes that were zeroed
 * @param unavailable  families that were wanted and could not be had
 * @param gone         namespaces that were named and did not live to the end, a clause each
 * @param userCpuNs    of the whole process over the snapshots
 * @param kernelCpuNs  likewise, inside the kernel
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
