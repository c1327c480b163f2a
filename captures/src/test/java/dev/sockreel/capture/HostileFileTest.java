package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.failure.NotACaptureException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads hostile files: all checksums are right, lengths are wrong. */
class HostileFileTest {
    private static final byte[] HEADER = SampleFile.rawRecord(SampleRecords.header(0));
    private static final byte[] HOST = SampleFile.rawRecord(SampleRecords.host());

    @TempDir
    Path folder = Path.of("");

    @Test
    void lengthsAboveTheLimitsAreNoHeader() throws Exception {
        byte[] frame = Zstd.compress(HEADER);
        for (int bytes : new int[] {GroupHeader.MAX_UNCOMPRESSED + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            Path path = write(SampleFile.rawHeader(0, frame, bytes, HEADER), frame);
            assertThrows(NotACaptureException.class, () -> CaptureReader.open(path));
        }
    }

    @Test
    void aFrameThatHoldsMoreOrLessThanItsHeaderStatesIsDamage() throws Exception {
        byte[] frame = Zstd.compress(new byte[3 << 20]);
        for (int bytes : new int[] {0, 1, 1 << 20, (3 << 20) - 1, (3 << 20) + 1, 4 << 20}) {
            Reading reading = Reading.of(write(SampleFile.rawHeader(0, frame, bytes, HEADER), frame));
            assertFalse(reading.damages().isEmpty());
            assertTrue(reading.records().isEmpty());
        }
    }

    @Test
    void twoFramesInAGroupAreDamage() throws Exception {
        byte[] frame = SampleFile.join(Zstd.compress(HEADER), Zstd.compress(HEADER));
        Reading reading = Reading.of(write(
                SampleFile.rawHeader(0, frame, 2 * HEADER.length, SampleFile.join(HEADER, HEADER)), frame));
        assertEquals(1, reading.records().size());
        assertTrue(reading.damages().getFirst().why().contains("after the group's zstd frame"),
                () -> reading.damages().toString());
    }

    @Test
    void aFrameThatAsksForAHugeWindowIsNotDecompressed() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out, 3)) {
            zstd.setLong(27);
            zstd.write(HEADER);
            zstd.flush();
            zstd.write(new byte[0]);
        }
        byte[] frame = out.toByteArray();
        Reading reading = Reading.of(write(SampleFile.rawHeader(0, frame, HEADER.length, HEADER), frame));
        assertTrue(reading.records().isEmpty());
        assertTrue(reading.damages().getFirst().why().contains("window"), () -> reading.damages().toString());
    }

    @Test
    void aRecordThatIsLongerThanItsGroupIsDamage() throws Exception {
        for (int length : new int[] {1, 1 << 30, Integer.MAX_VALUE, -1}) {
            ByteBuf lie = Unpooled.buffer().writeIntLE(length).writeLong(0);
            byte[] content = SampleFile.join(HEADER, Arrays.copyOf(lie.array(), 12));
            Reading reading = Reading.of(write(SampleFile.rawGroup(0, content)));
            assertEquals(1, reading.records().size());
            assertEquals(1, reading.damages().size());
        }
    }

    @Test
    void aMalformedRecordDoesNotCostThoseAfterIt() throws Exception {
        byte[] content = SampleFile.join(HEADER, SampleFile.rawRecord(HostEvidence.TYPE, new byte[] {-1, -1, -1, -1}),
                SampleFile.rawRecord(SampleRecords.host()));
        Reading reading = Reading.of(write(SampleFile.rawGroup(0, content)));
        assertEquals(2, reading.records().size());
        assertEquals(1, reading.damages().size());
    }

    @Test
    void recordsOfUnknownTypesAreSkippedAndCounted() throws Exception {
        byte[] later = SampleFile.rawRecord(4711, new byte[100]);
        byte[] content = SampleFile.join(later, HEADER, later, SampleFile.rawRecord(0, new byte[0]),
                SampleFile.rawRecord(0xffff, new byte[3]), SampleFile.rawRecord(SampleRecords.host()));
        Reading reading = Reading.of(write(SampleFile.rawGroup(0, content)));
        assertEquals(List.of(SampleRecords.show(SampleRecords.header(0)), SampleRecords.show(SampleRecords.host())),
                reading.records());
        assertEquals(4, reading.unknownRecords());
        assertTrue(reading.damages().isEmpty());
    }

    @Test
    void aGroupOfALaterVersionIsPassedOver() throws Exception {
        byte[] later = SampleFile.rawGroup(1, HEADER);
        later[16] = 2;
        ByteBuf bytes = Unpooled.wrappedBuffer(later);
        bytes.setIntLE(60, GroupHeader.crc32c(bytes, 0, 60));
        byte[] first = SampleFile.rawGroup(0, HEADER);
        Reading reading = Reading.of(write(first, later, SampleFile.rawGroup(2, HOST)));
        assertEquals(2, reading.records().size());
        assertTrue(reading.damages().getFirst().why().contains("version 2"), () -> reading.damages().toString());
        Path alone = write(later);
        assertTrue(assertThrows(NotACaptureException.class, () -> CaptureReader.open(alone))
                .toString().contains("version 2"));
    }

    /** The index, a sparse file of nearly 2 GiB, is larger than this JVM's heap. */
    @Test
    void aHugeIndexIsNotLoaded() throws Exception {
        byte[] first = SampleFile.rawGroup(0x7fff_fffe, HOST);
        Path path = write(first);
        int indexBytes = Integer.MAX_VALUE - 100;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(first.length + (long) indexBytes);
            ByteBuf head = Unpooled.buffer().writeIntLE(FileIndex.MAGIC).writeIntLE(indexBytes - 8)
                    .writeLongLE(FileIndex.NAME);
            file.seek(first.length);
            file.write(head.array(), 0, 16);
            file.seek(file.length() - 8);
            file.writeLong(Long.reverseBytes(first.length));
        }
        try (CaptureReader in = CaptureReader.open(path)) {
            assertEquals(1, in.groups().size());
            assertEquals(1, Reading.drain(in).size());
            assertFalse(in.isWhole());
        }
    }

    @Test
    void anIndexWithPlacesOutsideTheFileIsNotBelieved() throws Exception {
        byte[] first = SampleFile.rawGroup(0, HEADER);
        for (long place : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, first.length}) {
            ByteBuf index = Unpooled.buffer();
            FileIndex.encode(List.of(new GroupEntry(place, SampleFile.FILE_ID, 0, 0, 0, 0)), SampleFile.FILE_ID,
                    first.length, index);
            byte[] bytes = Arrays.copyOf(index.array(), index.readableBytes());
            try (CaptureReader in = CaptureReader.open(write(first, bytes))) {
                assertEquals(0, in.groups().getFirst().offset());
                assertTrue(in.seek(CaptureWriter.NO_SNAPSHOT));
                assertEquals(1, Reading.drain(in).size());
                assertFalse(in.isWhole());
            }
        }
    }

    /** A million damages are counted, but not kept. */
    @Test
    void damagesDoNotFillTheMemory() throws Exception {
        byte[] again = SampleFile.rawGroup(1, new byte[0]);
        byte[] first = SampleFile.join(SampleFile.rawGroup(0, HEADER), again);
        byte[] bytes = Arrays.copyOf(first, first.length + 50_000 * again.length);
        for (int i = 0; i < 50_000; i++) {
            System.arraycopy(again, 0, bytes, first.length + i * again.length, again.length);
        }
        Path path = write(bytes);
        long before = allocatedBytes();
        try (CaptureReader in = CaptureReader.open(path)) {
            assertEquals(1, Reading.drain(in).size());
            assertEquals(50_000, in.damageCount());
            assertEquals(DamageLog.MAX_KEPT, in.damages().size());
        }
        assertTrue(allocatedBytes() - before < 200L << 20, () -> "allocated " + (allocatedBytes() - before));
    }

    /** Each could cost a search for the next header, which is done only once. */
    @Test
    void manyBrokenHeadersEndSoon() throws Exception {
        byte[] group = SampleFile.rawGroup(1, HOST);
        group[20] ^= 1;
        byte[] bytes = new byte[20 << 20];
        byte[] first = SampleFile.rawGroup(0, HEADER);
        System.arraycopy(first, 0, bytes, 0, first.length);
        for (int at = first.length; at + group.length < bytes.length; at += group.length) {
            System.arraycopy(group, 0, bytes, at, group.length);
        }
        try (CaptureReader in = CaptureReader.open(write(bytes))) {
            int records = Reading.drain(in).size();
            assertTrue(records > 50 && records < 10_000, "records " + records);
            assertFalse(in.isWhole());
        }
    }

    /** Intact headers, 64 bytes apart, each followed by a broken frame of 4 MiB. */
    @Test
    void manyFramesInEachOtherEndSoon() throws Exception {
        ByteBuf out = Unpooled.buffer(6 << 20);
        byte[] frame = new byte[4 << 20];
        for (int i = 0; i < 30_000; i++) {
            out.writeBytes(SampleFile.rawHeader(i, frame, 4 << 20, HEADER));
        }
        out.writeBytes(frame);
        Path path = Files.write(folder.resolve("nested.reel"), Arrays.copyOf(out.array(), out.readableBytes()));
        try (CaptureReader in = CaptureReader.open(path)) {
            assertTrue(Reading.drain(in).isEmpty());
            assertFalse(in.isWhole());
        }
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private Path write(byte[]... parts) throws Exception {
        return Files.write(folder.resolve("hostile.reel"), SampleFile.join(parts));
    }
}
