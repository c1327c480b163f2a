package dev.sockreel.recorder;

import dev.sockreel.capture.CaptureRecord;
import java.io.IOException;

/** Where the {@link Spool} puts records, on its own thread. */
interface RecordSink {
    /** @throws IOException then nothing more is given to the sink */
    void write(CaptureRecord record) throws IOException;
}
