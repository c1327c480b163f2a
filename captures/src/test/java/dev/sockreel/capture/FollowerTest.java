package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.chain.KeyPolicy;
import dev.sockreel.capture.record.CaptureRecord;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a file while it grows. */
class FollowerTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aFileThatGrowsByteByByteIsReadToItsEnd() throws Exception {
        SampleFile sample = SampleFile.write(folder, 3);
        Path path = folder.resolve("growing.reel");
        byte[] bytes = sample.bytes();
        List<String> got = new ArrayList<>();
        Files.write(path, java.util.Arrays.copyOf(bytes, GroupHeader.BYTES));
        try (CaptureReader in = CaptureReader.open(path);
                OutputStream out = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
            for (int length = GroupHeader.BYTES; length < bytes.length; length++) {
                List<String> more = Reading.drain(in);
                boolean edge = sample.groups().contains(length) || length == sample.index();
                assertEquals(edge, !more.isEmpty(), "at byte " + length);
                assertEquals(edge ? CaptureReader.Ending.NOT_CLOSED : CaptureReader.Ending.CUT, in.ending());
                assertFalse(in.isWhole());
                assertEquals(0, in.damageCount());
                got.addAll(more);
                out.write(bytes[length]);
            }
            assertNull(in.next());
            assertTrue(in.isWhole());
            assertNull(in.next());
            assertTrue(in.isWhole());
        }
        assertEquals(sample.records(), got);
    }

    /** Predicted snapshots are read as their groups are whole; what they are predicted from was read before. */
    @Test
    void aFileOfPredictedSnapshotsIsReadToItsEnd() throws Exception {
        Path written = MadeCapture.write(folder, MadeCapture.records(1, 20, 4, false), new KeyPolicy(13, 4), 1 << 28);
        byte[] bytes = Files.readAllBytes(written);
        Path path = folder.resolve("growing.reel");
        List<String> got = new ArrayList<>();
        int length = GroupHeader.BYTES;
        Files.write(path, java.util.Arrays.copyOf(bytes, length));
        try (CaptureReader in = CaptureReader.open(path);
                OutputStream out = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
            while (length < bytes.length) {
                got.addAll(Reading.drain(in));
                assertEquals(0, in.damageCount());
                int more = Math.min(97, bytes.length - length);
                out.write(bytes, length, more);
                length += more;
            }
            got.addAll(Reading.drain(in));
            assertTrue(in.isWhole());
        }
        assertEquals(Reading.of(written).records(), got);
    }

    @Test
    void aSnapshotIsReadableAsSoonAsItEnded() throws Exception {
        Path path = folder.resolve("live.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            write(out, 0);
            try (CaptureReader in = CaptureReader.open(path)) {
                assertEquals(11, Reading.drain(in).size());
                out.write(SampleRecords.snapshot(1).getFirst());
                assertNull(in.next());
                List<CaptureRecord> rest = SampleRecords.snapshot(1);
                for (CaptureRecord record : rest.subList(1, rest.size())) {
                    out.write(record);
                }
                assertEquals(10, Reading.drain(in).size());
                out.finish();
                assertNotNull(in.next());
                assertNull(in.next());
                assertTrue(in.isWhole());
            }
        }
    }

    private static void write(CaptureWriter out, int snapshot) throws Exception {
        for (CaptureRecord record : SampleRecords.snapshot(snapshot)) {
            out.write(record);
        }
    }
}
