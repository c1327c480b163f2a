package dev.sockreel.recorder.spool;

import dev.sockreel.capture.record.CaptureRecord;
import java.io.IOException;

/** The destination of the {@link Spool}'s records, called on the writing thread. */
public interface RecordSink {
    /** @throws IOException when the record cannot be written; the sink then receives no more */
    void write(CaptureRecord record) throws IOException;
}
