package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The results of reading a file. */
record Reading(
        List<String> records, CaptureReader.Ending ending, boolean whole, List<Damage> damages, long unknownRecords) {

    static Reading of(Path path) throws IOException {
        try (CaptureReader in = CaptureReader.open(path)) {
            List<String> records = drain(in);
            return new Reading(records, in.ending(), in.isWhole(), in.damages(), in.unknownRecords());
        }
    }

    /** Reads up to the first null. */
    static List<String> drain(CaptureReader in) throws IOException {
        List<String> records = new ArrayList<>();
        for (CaptureRecord record = in.next(); record != null; record = in.next()) {
            records.add(SampleRecords.show(record));
        }
        return records;
    }
}
