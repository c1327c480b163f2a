package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.HostEvidence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a capture again as if it had been recorded elsewhere. */
final class Rewritten {
    /** Writes the same records with another boot_id. */
    static Path ofBoot(Path capture, String bootId, Path to) throws IOException {
        try (CaptureReader in = CaptureReader.open(capture);
                CaptureWriter out = CaptureWriter.create(to, (CaptureHeader) requireNonNull(in.next()))) {
            CaptureRecord record;
            while ((record = in.next()) != null) {
                switch (record) {
                    case HostEvidence h -> {
                        Map<String, String> facts = new LinkedHashMap<>(h.facts());
                        facts.put(HostEvidence.BOOT_ID, bootId);
                        out.write(new HostEvidence(facts));
                    }
                    case CaptureClose c -> {}
                    default -> out.write(record);
                }
            }
            out.finish();
        }
        return to;
    }

    private Rewritten() {}
}
