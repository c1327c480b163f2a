package dev.sockreel.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a file with more damages than are kept. */
class ManyDamagesTest {
    private static final int PLACES = 10_050;

    @TempDir
    private Path folder;

    /** Repeats the file's only group: each copy stands where another group belongs. */
    @Test
    void itsSnapshotIsReadAndCalledDamaged() throws IOException {
        Path file = folder.resolve("many.reel");
        CaptureHeader header =
                new CaptureHeader(new UUID(1, 2), 0, ReceiveTime.NONE, ByteOrder.LITTLE_ENDIAN, "a test");
        try (CaptureWriter writer = CaptureWriter.create(file, header)) {
            writer.write(new SnapshotBegin(0, ReceiveTime.NONE));
            writer.endGroup();
        }
        byte[] group = Files.readAllBytes(file);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < PLACES; i++) {
                out.write(group);
            }
        }
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Snapshot snapshot = reader.next();
            assertTrue(snapshot != null && snapshot.damaged());
            assertEquals(PLACES, reader.capture().damageCount());
        }
    }
}
