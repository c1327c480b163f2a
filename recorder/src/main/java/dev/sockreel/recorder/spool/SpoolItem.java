package dev.sockreel.recorder.spool;

import dev.sockreel.capture.record.CaptureRecord;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** What goes through the {@link Spool}. */
sealed interface SpoolItem permits SlotBatch, SpoolItem.Ready, SpoolItem.Task {
    /** A record as it is. */
    record Ready(CaptureRecord record) implements SpoolItem {}

    /** Something the writing thread does between records; {@code done} tells when, and whether it failed. */
    record Task(Action action, CompletableFuture<Void> done) implements SpoolItem {}

    /** Work of the writing thread. */
    interface Action {
        void run() throws IOException;
    }
}
