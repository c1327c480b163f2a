package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads and writes groups whose content compresses extremely well. */
class DenseGroupTest {
    private static final int UNKNOWN_TYPE = 999;

    @TempDir
    private Path folder;

    /** Returns header and a record of zeros, of this length together. */
    private static byte[] content(int bytes) {
        byte[] header = SampleFile.rawRecord(SampleRecords.header(0));
        return SampleFile.join(header, SampleFile.rawRecord(
                UNKNOWN_TYPE, new byte[bytes - header.length - CaptureWriter.RECORD_HEADER_BYTES]));
    }

    private Reading read(int bytes) throws IOException {
        byte[] content = content(bytes);
        byte[] frame = Zstd.compress(content);
        Path file = folder.resolve(bytes + ".reel");
        Files.write(file, SampleFile.join(SampleFile.rawHeader(0, frame, content.length, content), frame));
        return Reading.of(file);
    }

    private static boolean isAllowed(int bytes) {
        return bytes <= (64 << 10) + 1000L * Zstd.compress(content(bytes)).length;
    }

    @Test
    void aFrameHoldsAtMost64KiBAndAThousandTimesItsLength() throws IOException {
        int most = 64 << 10;
        int tooMuch = GroupHeader.MAX_UNCOMPRESSED;
        while (tooMuch - most > 1) {
            int middle = (most + tooMuch) / 2;
            boolean allowed = isAllowed(middle);
            most = allowed ? middle : most;
            tooMuch = allowed ? tooMuch : middle;
        }
        assertEquals(List.of(), read(most - 1).damages());
        assertEquals(1, read(most).records().size());
        Reading refused = read(tooMuch);
        assertEquals(List.of(), refused.records());
        assertTrue(refused.damages().getFirst().why().startsWith("group 0 states " + tooMuch + " bytes of content"),
                () -> refused.damages().toString());
    }

    @Test
    void groupsInARowAreOnePlace() throws IOException {
        byte[] zeros = SampleFile.rawRecord(UNKNOWN_TYPE, new byte[4_000_000]);
        byte[] frame = Zstd.compress(zeros);
        byte[] all = SampleFile.rawGroup(0, SampleFile.rawRecord(SampleRecords.header(0)));
        for (int number = 1; number <= 5; number++) {
            all = SampleFile.join(all, SampleFile.rawHeader(number, frame, zeros.length, zeros), frame);
        }
        Path file = folder.resolve("row.reel");
        Files.write(file, all);
        List<Damage> damages = Reading.of(file).damages();
        assertEquals(1, damages.size(), damages::toString);
        assertEquals(5L * (GroupHeader.BYTES + frame.length), damages.getFirst().bytes());
        assertTrue(damages.getFirst().why().endsWith("; likewise all groups to 5"), damages::toString);
    }

    @Test
    void whatCompressesTooWellIsStoredAsItIs() throws IOException {
        Path file = folder.resolve("zeros.reel");
        List<CaptureRecord> written = new ArrayList<>();
        try (CaptureWriter writer = CaptureWriter.create(file, SampleRecords.header(0))) {
            for (int i = 0; i < 12; i++) {
                Datagram zeros = new Datagram(0, i, 0, 0, 1 << 20, 0, ReceiveTime.NONE,
                        Unpooled.wrappedBuffer(new byte[1 << 20]));
                written.add(zeros);
                writer.write(zeros);
            }
            writer.finish();
        }
        try (CaptureReader in = CaptureReader.open(file)) {
            in.next();
            for (CaptureRecord record : written) {
                assertEquals(record, in.next());
            }
            in.next();
            assertEquals(null, in.next());
            assertTrue(in.isWhole(), () -> in.damages().toString());
        }
        assertTrue(Files.size(file) > 12 << 20);
    }
}
