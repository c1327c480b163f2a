package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A predicted snapshot that is sought is the one that is read from the begin. */
class ChainSeekTest {
    private static final int SNAPSHOTS = 130;
    private static final long SEED = Long.getLong("sockreel.seed", System.nanoTime());

    @TempDir
    Path folder = Path.of("");

    private Path path = Path.of("");
    private final Map<Integer, List<String>> expected = new HashMap<>();

    ChainSeekTest() {
        System.out.println("ChainSeekTest seed " + SEED);
    }

    @BeforeEach
    void write() throws IOException {
        path = MadeCapture.write(folder, MadeCapture.records(SEED, SNAPSHOTS, 6, false));
        try (CaptureReader in = CaptureReader.open(path)) {
            for (int i = 0; i < SNAPSHOTS; i++) {
                expected.put(i, snapshot(in));
            }
        }
    }

    @Test
    void everySnapshotWithANewReader() throws Exception {
        for (int i = 0; i < SNAPSHOTS; i++) {
            try (CaptureReader in = CaptureReader.open(path)) {
                assertTrue(in.seek(i));
                assertEquals(expected.get(i), snapshot(in), "snapshot " + i);
                assertEquals(0, in.damageCount());
            }
        }
    }

    @Test
    void anySnapshotsWithOneReader() throws Exception {
        Random random = new Random(SEED);
        try (CaptureReader in = CaptureReader.open(path)) {
            for (int k = 0; k < 100; k++) {
                int from = random.nextInt(SNAPSHOTS - 3);
                assertTrue(in.seek(from));
                for (int i = from; i < from + random.nextInt(4); i++) {
                    assertEquals(expected.get(i), snapshot(in), "snapshot " + i);
                }
            }
            assertFalse(in.seek(SNAPSHOTS));
            assertEquals(0, in.damageCount());
        }
    }

    /** What is left of a snapshot that was begun does not stand before the one that is sought. */
    @Test
    void fromTheMiddleOfASnapshot() throws Exception {
        try (CaptureReader in = CaptureReader.open(path)) {
            for (int i = 1; i < SNAPSHOTS; i += 7) {
                assertTrue(in.seek(i));
                for (int k = 0; k < i % 9; k++) {
                    in.next();
                }
                assertTrue(in.seek(SNAPSHOTS - i));
                assertInstanceOf(SnapshotBegin.class, in.next());
                assertTrue(in.seek(SNAPSHOTS - i));
                assertEquals(expected.get(SNAPSHOTS - i), snapshot(in));
            }
            assertEquals(0, in.damageCount());
        }
    }

    @Test
    void aFileWithoutItsIndex() throws Exception {
        try (var file = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
            file.truncate(Files.size(path) - 1);
        }
        anySnapshotsWithOneReader();
    }

    @Test
    void aJoinedFile() throws Exception {
        SampleFile other = SampleFile.write(folder, 3, 1);
        Files.write(path, SampleFile.join(other.bytes(), Files.readAllBytes(path)));
        try (CaptureReader in = CaptureReader.open(path)) {
            for (int i = 3; i < SNAPSHOTS; i += 11) {
                assertTrue(in.seek(i));
                assertEquals(expected.get(i), snapshot(in), "snapshot " + i);
            }
            assertEquals(0, in.damageCount());
        }
    }

    /** Reads up to the next snapshot's end. */
    private static List<String> snapshot(CaptureReader in) throws IOException {
        List<String> records = new ArrayList<>();
        CaptureRecord record = in.next();
        while (record != null && !(record instanceof SnapshotEnd)) {
            if (record instanceof SnapshotBegin || !records.isEmpty()) {
                records.add(SampleRecords.show(record));
            }
            record = in.next();
        }
        return records;
    }
}
