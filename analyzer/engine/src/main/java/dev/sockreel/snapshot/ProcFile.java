package dev.sockreel.snapshot;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import org.jspecify.annotations.Nullable;

/**
 * A file under /proc as a snapshot holds it, its parts joined.
 *
 * @param errno 0, or why it could not be read
 * @param whole its last part is there
 */
public record ProcFile(
        String path, int netns, ProcText.@Nullable When when, int errno, ReceiveTime time, boolean whole,
        byte[] text) {}
