package dev.sockreel.recorder.spool;

import dev.sockreel.capture.record.CaptureRecord;
import java.io.IOException;

/** Where the {@link Spool} puts records, on its own thread. */
public interface RecordSink {
    /** @throws IOException then nothing more is given to the sink */
    void write(CaptureRecord record) throws IOException;
}
