package dev.sockreel.recorder;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A capture, read completely. */
record Recorded(List<CaptureRecord> records, CaptureReader.Ending ending, boolean whole) {
    static Recorded read(Path file) throws IOException {
        List<CaptureRecord> records = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (CaptureRecord r = reader.next(); r != null; r = reader.next()) {
                records.add(r);
            }
            return new Recorded(records, reader.ending(), reader.isWhole());
        }
    }

    <T extends CaptureRecord> List<T> all(Class<T> type) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<DumpBegin> dumps(String family) {
        return all(DumpBegin.class).stream().filter(d -> d.family().equals(family)).toList();
    }

    DumpEnd endOf(DumpBegin dump) {
        return all(DumpEnd.class).stream().filter(e -> e.dump() == dump.dump()).findFirst().orElseThrow();
    }

    List<Datagram> datagramsOf(DumpBegin dump) {
        return all(Datagram.class).stream().filter(d -> d.dump() == dump.dump()).toList();
    }

    /** Returns true if any datagram contains these bytes. */
    boolean holds(String secret) {
        String needle = new String(secret.getBytes(StandardCharsets.US_ASCII), StandardCharsets.ISO_8859_1);
        return all(Datagram.class).stream()
                .anyMatch(d -> d.data().toString(StandardCharsets.ISO_8859_1).contains(needle));
    }
}
