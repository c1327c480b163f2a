package dev.sockreel.snapshot;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import org.jspecify.annotations.Nullable;

/**
 * A file of /proc as recorded in a snapshot, its parts joined.
 *
 * @param errno 0, or why it could not be read
 * @param whole whether all its parts are present
 */
public record ProcFile(
        String path, int netns, ProcText.@Nullable When when, int errno, ReceiveTime time, boolean whole,
        byte[] text) {}
