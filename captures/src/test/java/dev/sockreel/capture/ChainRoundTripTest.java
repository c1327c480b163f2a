package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.chain.KeyPolicy;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predicted snapshots are read back as they were written. */
class ChainRoundTripTest {
    private static final long SEED = Long.getLong("sockreel.seed", System.nanoTime());

    @TempDir
    Path folder = Path.of("");

    ChainRoundTripTest() {
        System.out.println("ChainRoundTripTest seed " + SEED);
    }

    @Test
    void ordinarySnapshots() throws Exception {
        List<CaptureRecord> records = MadeCapture.records(SEED, 130, 20, false);
        Path path = MadeCapture.write(folder, records);
        requireSame(records, path);
        assertEquals(List.of("KEY", "MIDDLE_KEY", "MIDDLE_KEY"), keys(path));
        assertTrue(Files.size(path) < Files.size(verbatim(records)) / 2, "most is predicted");
    }

    @Test
    void snapshotsInWhichAnythingHappens() throws Exception {
        for (int round = 0; round < 25; round++) {
            List<CaptureRecord> records = MadeCapture.records(SEED + round, 40, 1 + round * 2, true);
            int from = round;
            try {
                requireSame(records, MadeCapture.write(folder, records, new KeyPolicy(13, 4), 1 << 28));
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed " + (SEED + from), e);
            }
        }
    }

    @Test
    void snapshotsThatDoNotFitIntoMemory() throws Exception {
        List<CaptureRecord> records = MadeCapture.records(SEED, 40, 60, false);
        int predicted = 0;
        for (long limit = 1000; limit < 200_000; limit += limit / 8) {
            Path path = MadeCapture.write(folder, records, new KeyPolicy(13, 4), limit);
            requireSame(records, path);
            predicted += keys(path).isEmpty() ? 0 : 1;
        }
        assertTrue(predicted > 3, "some limits allow prediction: " + predicted);
    }

    @Test
    void aRealCapture() throws Exception {
        List<CaptureRecord> records = MadeCapture.read(LiveCapture.reel(folder));
        records.removeIf(r -> r instanceof CaptureHeader);
        records.removeLast(); // the close record, which the writer makes
        requireSame(records, MadeCapture.write(folder, records));
    }

    @Test
    void samplesOfEveryRecord() throws Exception {
        List<CaptureRecord> records = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            records.addAll(SampleRecords.snapshot(i));
        }
        requireSame(records, MadeCapture.write(folder, records));
    }

    @Test
    void joinedCaptures() throws Exception {
        List<CaptureRecord> records = MadeCapture.records(SEED, 20, 10, false);
        Path path = MadeCapture.write(folder, records, new KeyPolicy(7, 3), 1 << 28);
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, SampleFile.join(bytes, bytes));
        requireSame(records, path);
        SampleFile other = SampleFile.write(folder, 3, 1);
        Files.write(path, SampleFile.join(other.bytes(), bytes, other.bytes()));
        List<CaptureRecord> all = MadeCapture.read(path);
        List<String> mine = MadeCapture.shown(all.subList(33, all.size()));
        assertEquals(MadeCapture.shown(records), mine.subList(1, mine.size()));
    }

    @Test
    void zstdReadsIt() throws Exception {
        ZstdCommandTest.requireInstalled();
        Path path = MadeCapture.write(folder, MadeCapture.records(SEED, 70, 30, true));
        Path copy = Files.copy(path, folder.resolve("copy.zst"));
        assertEquals(0, ZstdCommandTest.zstd("-t", "-q", copy.toString()));
        Path content = folder.resolve("content");
        assertEquals(0, ZstdCommandTest.zstd("-d", "-q", copy.toString(), "-o", content.toString()));
        try (CaptureReader in = CaptureReader.open(path)) {
            Reading.drain(in);
            assertEquals(in.uncompressedBytes(), Files.size(content));
        }
    }

    /** The datagrams of a predicted dump stand directly before its end. */
    @Test
    void datagramsOfPredictedDumpsStandTogether() throws Exception {
        List<CaptureRecord> read =
                MadeCapture.read(MadeCapture.write(folder, MadeCapture.records(SEED, 10, 20, false)));
        int ends = 0;
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i) instanceof DumpEnd e && e.dump() > 2) {
                for (int k = 0; k < e.datagrams(); k++) {
                    Datagram d = (Datagram) read.get(i - e.datagrams() + k);
                    assertEquals(e.dump() + "/" + k, d.dump() + "/" + d.number());
                }
                ends++;
            }
        }
        assertEquals(27, ends);
    }

    private Path verbatim(List<CaptureRecord> records) throws IOException {
        Path path = folder.resolve("verbatim.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            for (CaptureRecord record : records) {
                out.write(record);
            }
            out.finish();
        }
        return path;
    }

    private static void requireSame(List<CaptureRecord> records, Path path) throws IOException {
        List<String> expected = MadeCapture.shown(records);
        List<String> all = MadeCapture.shown(MadeCapture.read(path));
        List<String> read = all.subList(1, all.size());
        for (int i = 0; i < Math.min(expected.size(), read.size()); i++) {
            int at = i;
            assertEquals(expected.get(i), read.get(i), () -> "record " + at + " after " + expected.get(at - 1));
        }
        assertEquals(expected.size(), read.size());
    }

    static List<String> keys(Path path) throws IOException {
        try (CaptureReader in = CaptureReader.open(path)) {
            List<String> keys = new ArrayList<>();
            for (GroupEntry group : in.groups()) {
                if ((group.flags() & GroupHeader.KEY) != 0) {
                    keys.add("KEY");
                } else if (group.isMiddleKey()) {
                    keys.add("MIDDLE_KEY");
                }
            }
            return keys;
        }
    }
}
