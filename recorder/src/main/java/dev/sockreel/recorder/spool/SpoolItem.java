package dev.sockreel.recorder.spool;

import dev.sockreel.capture.record.CaptureRecord;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** An item in the {@link Spool}'s queue. */
sealed interface SpoolItem permits SlotBatch, SpoolItem.Ready, SpoolItem.Task {
    /** A record to write. */
    record Ready(CaptureRecord record) implements SpoolItem {}

    /** An action to run between records; {@code done} completes after it, exceptionally if it or a write failed. */
    record Task(Action action, CompletableFuture<Void> done) implements SpoolItem {}

    /** An action on the writing thread. */
    interface Action {
        void run() throws IOException;
    }
}
