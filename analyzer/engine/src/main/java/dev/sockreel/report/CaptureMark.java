package dev.sockreel.report;

import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.HostEvidence;
import java.nio.file.Path;

/**
 * One of the files that a report is made of.
 *
 * @param snapshots in it
 */
public record CaptureMark(Path file, CaptureHeader header, HostEvidence host, int snapshots) {}
