package dev.sockreel.report;

import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.HostEvidence;
import java.nio.file.Path;

/**
 * Summary of one of a report's files.
 *
 * @param snapshots number of snapshots in it
 */
public record CaptureSummary(Path file, CaptureHeader header, HostEvidence host, int snapshots) {}
