package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.failure.NotACaptureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts a file at every byte. */
class CutFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theWholeFileIsWhole() throws Exception {
        SampleFile sample = SampleFile.write(folder, 3);
        Path path = Files.write(folder.resolve("whole.reel"), sample.bytes());
        Reading all = Reading.of(path);
        assertEquals(sample.records(), all.records());
        assertEquals(CaptureReader.Ending.CLOSED, all.ending());
        assertTrue(all.whole());
        assertEquals(0, all.unknownRecords());
        assertTrue(all.damages().isEmpty());
    }

    @Test
    void cutAtEveryByteGivesTheGroupsBeforeAndIsNeverWhole() throws Exception {
        SampleFile sample = SampleFile.write(folder, 3);
        Path path = folder.resolve("cut.reel");
        for (int length = 0; length < sample.bytes().length; length++) {
            Files.write(path, Arrays.copyOf(sample.bytes(), length));
            if (length < GroupHeader.BYTES) {
                assertThrows(NotACaptureException.class, () -> CaptureReader.open(path));
                continue;
            }
            Reading reading = Reading.of(path);
            int cut = length;
            assertFalse(reading.whole(), () -> "cut at " + cut);
            boolean edge = sample.groups().contains(length) || length == sample.index();
            assertEquals(edge ? CaptureReader.Ending.NOT_CLOSED : CaptureReader.Ending.CUT, reading.ending(),
                    () -> "cut at " + cut);
            assertEquals(edge ? 0 : 1, reading.damages().size());
            assertEquals(sample.recordsUpTo(length, folder.resolve("scratch")), reading.records());
        }
    }

    @Test
    void whatIsNoCaptureSaysSo() throws Exception {
        Path path = folder.resolve("other");
        for (String content : new String[] {"", "x", "SOCKREEL".repeat(40), "\0".repeat(100_000)}) {
            Files.writeString(path, content);
            assertThrows(NotACaptureException.class, () -> CaptureReader.open(path));
        }
    }
}
