package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flips each bit of a file in turn. */
class BitFlipTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void everyFlipIsSeenAndNoneBecomesARecord() throws Exception {
        SampleFile sample = SampleFile.write(folder, 2);
        Set<String> originals = new HashSet<>(sample.records());
        Path path = folder.resolve("flipped.reel");
        byte[] bytes = sample.bytes().clone();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(path, bytes);
            int at = bit;
            Reading reading = Reading.of(path);
            assertFalse(reading.whole(), () -> "bit " + at + " flipped");
            assertTrue(originals.containsAll(reading.records()), () -> "bit " + at + " made a record");
            assertTrue(reading.unknownRecords() == 0, () -> "bit " + at + " made a record of an unknown type");
            assertTrue(holdsGroupsNotHit(sample, at / 8, reading.records()), () -> "bit " + at + " cost too much");
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    /** Returns true if only the damaged group lost records. */
    private static boolean holdsGroupsNotHit(SampleFile sample, int at, List<String> got) {
        int hit = 0;
        while (hit + 1 < sample.groups().size() && sample.groups().get(hit + 1) <= at) {
            hit++;
        }
        // The first two records, then ten per snapshot; snapshot 0 shares group 0 with the first two; the close record.
        int from = hit == 0 ? 0 : 2 + hit * 10;
        int to = Math.min(2 + (hit + 1) * 10, sample.records().size());
        for (int i = 0; i < sample.records().size(); i++) {
            boolean mayBeLost = at < sample.index() && i >= from && i < to;
            if (!mayBeLost && !got.contains(sample.records().get(i))) {
                return false;
            }
        }
        return true;
    }
}
