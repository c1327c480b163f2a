package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the writer's guarantees about the file, apart from its content. */
class CaptureWriterTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void onlyTheOwnerMayRead() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path path = folder.resolve("private.reel");
        writeGroup(path);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        Path open = Files.createFile(folder.resolve("open.reel"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        writeGroup(open);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(open)));
    }

    private static void writeGroup(Path path) throws IOException {
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            out.endGroup();
        }
    }

    @Test
    void theNameAppearsWithTheFirstGroup() throws Exception {
        Path path = folder.resolve("new.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            assertEquals(List.of(), names());
            out.endGroup();
            assertEquals(List.of("new.reel"), names());
            assertTrue(Files.size(path) > 0);
        }
        try (CaptureWriter out = CaptureWriter.create(folder.resolve("none.reel"), SampleRecords.header(0))) {
            assertEquals(0, out.fileBytes());
        }
        assertEquals(List.of("new.reel"), names());
    }

    @Test
    void whatTookTheNameMeanwhileStays() throws Exception {
        Path path = folder.resolve("raced.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            Files.writeString(path, "somebody's");
            assertThrows(FileAlreadyExistsException.class, out::endGroup);
            assertThrows(IOException.class, out::endGroup);
        }
        assertEquals("somebody's", Files.readString(path));
        assertEquals(List.of("raced.reel"), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).toList();
        }
    }

    @Test
    void aFileThatHoldsSomethingIsLeftAlone() throws Exception {
        Path path = Files.writeString(folder.resolve("precious"), "x");
        assertThrows(FileAlreadyExistsException.class, () -> CaptureWriter.create(path, SampleRecords.header(0)));
        assertEquals("x", Files.readString(path));
    }

    @Test
    void closingTwiceAndWithoutFinishIsNotClosed() throws Exception {
        Path path = folder.resolve("killed.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            for (CaptureRecord record : SampleRecords.snapshot(0)) {
                out.write(record);
            }
            out.write(SampleRecords.snapshot(1).getFirst());
            out.close();
        }
        Reading reading = Reading.of(path);
        assertEquals(CaptureReader.Ending.NOT_CLOSED, reading.ending());
        assertEquals(11, reading.records().size());
        assertTrue(reading.damages().isEmpty());
    }

    @Test
    void aRecordLargerThanAGroupIsRefusedAndHurtsNothing() throws Exception {
        Path path = folder.resolve("large.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            int most = GroupHeader.MAX_UNCOMPRESSED - CaptureWriter.RECORD_HEADER_BYTES - 40;
            out.write(SampleRecords.lossNote());
            out.write(SampleRecords.datagram(1, 0, most));
            assertThrows(IllegalArgumentException.class, () -> out.write(SampleRecords.datagram(1, 1, most + 1)));
            // Its encode fails half way: arrays of different lengths.
            Owners.Holder holder = new Owners.Holder(1, new byte[0], new byte[0], new byte[0], new int[2], new long[1]);
            Owners owners = new Owners(0, true, 0, true, SampleRecords.time(0), SampleRecords.time(0), 0, 0, 0,
                    List.of(holder));
            assertThrows(RuntimeException.class, () -> out.write(owners));
            out.write(SampleRecords.datagram(1, 2, 3));
            out.finish();
        }
        Reading reading = Reading.of(path);
        assertTrue(reading.whole());
        assertEquals(5, reading.records().size());
    }

    /** Fills groups exactly, with one byte less and with one byte more. */
    @Test
    void groupEdgesLoseNothing() throws Exception {
        for (int more = -2; more <= 2; more++) {
            Path path = folder.resolve("edge" + more + ".reel");
            List<String> written = new ArrayList<>();
            try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
                written.add(SampleRecords.show(SampleRecords.header(0)));
                out.write(SampleRecords.lossNote());
                written.add(SampleRecords.show(SampleRecords.lossNote()));
                int free = GroupHeader.MAX_UNCOMPRESSED - 12 - SampleRecords.header(0).maxBytes()
                        - 12 - SampleRecords.lossNote().maxBytes();
                for (int bytes : new int[] {free / 2, free - free / 2 - 2 * 52 + more, 10}) {
                    Datagram d = SampleRecords.datagram(1, bytes, bytes);
                    out.write(d);
                    written.add(SampleRecords.show(d));
                }
                out.finish();
            }
            Reading reading = Reading.of(path);
            assertTrue(reading.whole());
            assertEquals(written, reading.records().subList(0, 5));
        }
    }

    @Test
    void aDeviceThatIsFullFailsAndKeepsFailing() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        try (CaptureWriter out = CaptureWriter.create(full, SampleRecords.header(0))) {
            List<CaptureRecord> records = SampleRecords.snapshot(0);
            records.subList(0, records.size() - 1).forEach(r -> writeQuietly(out, r));
            assertThrows(IOException.class, () -> out.write(records.getLast()));
            assertThrows(IOException.class, out::endGroup);
            assertThrows(IOException.class, out::finish);
            assertEquals(0, out.fileBytes());
        }
    }

    /** A disk that fills up is left with whole groups. */
    @Test
    void aFullDiskLeavesWholeGroups() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "none", small.toString()) == 0,
                "mounting needs root");
        try {
            Path path = small.resolve("full.reel");
            int whole = 0;
            try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
                while (whole < 100) {
                    out.write(new SnapshotBegin(whole, SampleRecords.time(whole)));
                    out.write(SampleRecords.lossNote());
                    out.write(noise(whole));
                    out.write(new SnapshotEnd(whole, 0, SampleRecords.time(whole)));
                    whole++;
                }
                throw new AssertionError("1 MiB held 10 MB");
            } catch (IOException expected) {
                assertTrue(whole > 3, "it began well");
            }
            Reading reading = Reading.of(path);
            assertEquals(CaptureReader.Ending.NOT_CLOSED, reading.ending());
            assertEquals(1 + whole * 4, reading.records().size());
            assertTrue(reading.damages().isEmpty());
        } finally {
            run("umount", small.toString());
        }
    }

    @Test
    void theSameRecordsMakeTheSameBytes() throws Exception {
        byte[][] files = new byte[2][];
        for (int i = 0; i < 2; i++) {
            Path path = folder.resolve("same" + i);
            try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
                for (CaptureRecord record : SampleRecords.snapshot(0)) {
                    out.write(record);
                }
            }
            files[i] = Files.readAllBytes(path);
        }
        assertArrayEquals(files[0], files[1]);
    }

    private static Datagram noise(int seed) {
        byte[] data = new byte[100_000];
        new Random(seed).nextBytes(data);
        return new Datagram(1, seed, 0, 0, data.length, 0, ReceiveTime.NONE, Unpooled.wrappedBuffer(data));
    }

    private static void writeQuietly(CaptureWriter out, CaptureRecord record) {
        try {
            out.write(record);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException notInstalled) {
            return 127;
        }
    }
}
