package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.failure.NotACaptureException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that intact records are copied verbatim, lost ones stay lost, and the new file is whole. */
class CaptureRecoveryTest {
    private static final byte[] UNKNOWN = SampleFile.rawRecord(4711, new byte[] {1, 2, 3});

    @TempDir
    Path folder = Path.of("");

    private SampleFile sample = new SampleFile(new byte[0], List.of(), List.of(), 0);
    private int made;

    @BeforeEach
    void writeSample() throws Exception {
        sample = SampleFile.write(folder, 4);
    }

    /** @param records records of the new file, without the notes of recovery */
    private record Recovered(
            Path file, CaptureRecovery.Result result, List<Loss> losses, Reading reading, List<String> records) {
        /** Describes the only loss: times and snapshots. */
        String only() {
            assertEquals(1, losses.size(), losses::toString);
            return describe(losses.getFirst());
        }

        static String describe(Loss loss) {
            return (loss.loses() ? "loses " : "spares ") + time(loss.fromNs()) + " to " + time(loss.toNs())
                    + ", snapshots "
                    + loss.firstSnapshot() + " to "
                    + (loss.lastSnapshot() == Loss.TO_THE_END ? "end" : loss.lastSnapshot());
        }

        private static String time(long ns) {
            return ns == ReceiveTime.UNKNOWN ? "?" : Long.toString(ns - SampleRecords.time(0).realtimeNs());
        }
    }

    private Recovered recover(byte[]... parts) throws IOException {
        Path from = Files.write(folder.resolve("damaged.reel"), SampleFile.join(parts));
        Path to = folder.resolve("recovered-" + made++ + ".reel");
        List<Loss> losses = new ArrayList<>();
        CaptureRecovery.Result result = CaptureRecovery.run(from, to, losses::add);
        Reading reading = Reading.of(to);
        assertTrue(reading.whole(), () -> reading.damages().toString());
        assertEquals(result.whole(), losses.isEmpty());
        assertEquals(result.lost(), losses.stream().anyMatch(Loss::loses));
        List<String> records = reading.records().stream().filter(r -> !isNote(r)).toList();
        return new Recovered(to, result, losses, reading, records);
    }

    /** Returns true for a note of kind 9, LOST_BEFORE_RECOVERY. */
    private static boolean isNote(String shown) {
        return shown.startsWith("10:") && shown.startsWith("09000000", 3 + 16);
    }

    private static List<Integer> noted(Recovered recovered) {
        return recovered.reading().records().stream()
                .filter(CaptureRecoveryTest::isNote)
                .map(r -> Integer.reverseBytes(Integer.parseUnsignedInt(r.substring(3, 11), 16)))
                .toList();
    }

    private List<String> without(int from, int to) {
        List<String> left = new ArrayList<>(sample.records());
        left.subList(from, to).clear();
        return left;
    }

    /** Returns all but the close record, which has a new count. */
    private static List<String> open(List<String> records) {
        return records.subList(0, records.size() - 1);
    }

    @Test
    void aWholeFileComesBackByteByByte() throws Exception {
        Recovered one = recover(sample.bytes());
        assertTrue(one.result().whole());
        assertArrayEquals(sample.bytes(), Files.readAllBytes(one.file()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one.file())));
        assertArrayEquals(sample.bytes(), Files.readAllBytes(recover(sample.bytes(), sample.bytes()).file()));
        byte[] second = SampleFile.write(folder, 2, 1).bytes();
        assertArrayEquals(SampleFile.join(sample.bytes(), second),
                Files.readAllBytes(recover(sample.bytes(), second).file()));
    }

    @Test
    void recordsOfLaterVersionsSurvive() throws Exception {
        byte[] longer = SampleFile.rawRecord(SampleRecords.host());
        byte[] content = SampleFile.join(SampleFile.rawRecord(SampleRecords.header(0)), UNKNOWN, longer,
                SampleFile.rawRecord(SnapshotBegin.TYPE, new byte[40]), UNKNOWN);
        Recovered got = recover(SampleFile.rawGroup(0, content));
        assertEquals(2, got.reading().unknownRecords());
        byte[] written = decompressed(got.file());
        assertArrayEquals(content, Arrays.copyOf(written, content.length));
    }

    private static byte[] decompressed(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        GroupHeader h = GroupHeader.decode(io.netty.buffer.Unpooled.wrappedBuffer(bytes));
        byte[] frame = Arrays.copyOfRange(bytes, GroupHeader.BYTES, GroupHeader.BYTES + h.compressedBytes());
        return com.github.luben.zstd.Zstd.decompress(frame, h.uncompressedBytes());
    }

    @Test
    void aLostGroupLosesItsSnapshot() throws Exception {
        Recovered got =
                recover(sample.group(0), sample.group(2), sample.group(3), sample.group(4), sample.indexBytes());
        assertEquals(open(without(12, 22)), open(got.records()));
        assertEquals("loses 500 to 102, snapshots 1 to 1", Recovered.describe(got.losses().getFirst()));
        assertEquals(List.of(-1), noted(got));
        assertEquals(3, got.result().snapshots());
    }

    @Test
    void aLostHeaderIsReplacedAndRecognizable() throws Exception {
        Recovered got =
                recover(sample.group(1), sample.group(2), sample.group(3), sample.group(4), sample.indexBytes());
        assertEquals(open(without(0, 12)), open(got.records().subList(1, got.records().size())));
        try (CaptureReader in = CaptureReader.open(got.file())) {
            CaptureHeader header = (CaptureHeader) in.next();
            assertEquals(SampleRecords.CAPTURE_ID.getLeastSignificantBits(),
                    header == null ? 0 : header.captureId().getLeastSignificantBits());
            assertEquals(ReceiveTime.NONE, header == null ? null : header.created());
        }
        assertEquals("loses ? to 101, snapshots -1 to 0", Recovered.describe(got.losses().getFirst()));
    }

    /** Cuts the last snapshot, with and without the close record. */
    @Test
    void aLostEndIsOpen() throws Exception {
        Recovered noSnapshot = recover(sample.group(0), sample.group(1), sample.group(2), sample.group(4),
                sample.indexBytes());
        assertEquals("loses 500 to 900, snapshots 3 to end".replace("900", closeTime()),
                Recovered.describe(noSnapshot.losses().getFirst()));
        Recovered notClosed = recover(sample.group(0), sample.group(1));
        assertEquals("loses 500 to ?, snapshots 2 to end", notClosed.only());
        assertEquals(sample.records().subList(0, 22), open(notClosed.records()));
        Recovered noIndex = recover(Arrays.copyOf(sample.bytes(), sample.index()));
        assertArrayEquals(sample.bytes(), Files.readAllBytes(noIndex.file()));
        assertTrue(noIndex.only().startsWith("spares "), noIndex.only());
    }

    private String closeTime() {
        String close = sample.records().getLast();
        String time = close.substring(close.indexOf(':') + 1 + 8, close.indexOf(':') + 1 + 24);
        return Long.toString(Long.reverseBytes(Long.parseUnsignedLong(time, 16)) - SampleRecords.time(0).realtimeNs());
    }

    @Test
    void damageWithoutLossIsMarked() throws Exception {
        byte[] flippedIndex = sample.bytes().clone();
        flippedIndex[sample.index() + 30] ^= 1;
        for (byte[][] parts : new byte[][][] {
            {flippedIndex}, {sample.bytes(), new byte[100]}, {sample.bytes(), new byte[3]},
            {sample.bytes(), sample.group(2)}, {sample.bytes(), Arrays.copyOf(sample.bytes(), 1000)},
            {sample.group(0), new byte[77],
                Arrays.copyOfRange(sample.bytes(), sample.groups().get(1), sample.bytes().length)}
        }) {
            Recovered got = recover(parts);
            assertFalse(got.result().whole());
            assertFalse(got.result().lost(), () -> got.losses().toString());
            assertArrayEquals(sample.bytes(), Files.readAllBytes(got.file()));
        }
    }

    /** Removes each record of a snapshot in turn and corrects its group's checksums. */
    @Test
    void oneRecordLostIsMissedAlone() throws Exception {
        byte[][] records = new byte[12][];
        List<CaptureRecord> all = new ArrayList<>(List.of(SampleRecords.header(0), SampleRecords.host()));
        all.addAll(SampleRecords.snapshot(0));
        for (int lost = 0; lost < 12; lost++) {
            for (int i = 0; i < 12; i++) {
                records[i] = SampleFile.rawRecord(all.get(i));
                records[i][records[i].length - 1] ^= (byte) (i == lost ? 0x40 : 0);
            }
            Recovered got = recover(SampleFile.rawGroup(0, SampleFile.join(records)),
                    SampleFile.rawGroup(1, SampleFile.rawRecord(new CaptureClose(1, SampleRecords.time(900)))));
            int record = lost;
            Loss loss = got.losses().getFirst();
            assertEquals(record, loss.damages().getFirst().record());
            assertTrue(loss.loses());
            List<String> expected = new ArrayList<>(all.stream().map(SampleRecords::show).toList());
            expected.remove(lost);
            if (lost == 2) {
                expected.add(2, SampleRecords.show(new SnapshotBegin(0, ReceiveTime.NONE)));
            } else if (lost == 0) {
                expected.add(0, got.records().getFirst());
            }
            assertEquals(expected, open(got.records()), () -> "record " + record);
        }
    }

    @Test
    void everyCutComesBackUpToItsGroup() throws Exception {
        for (int length = GroupHeader.BYTES; length < sample.bytes().length; length += 3) {
            int cut = length;
            List<String> before = sample.recordsUpTo(length, folder.resolve("scratch"));
            if (before.isEmpty()) {
                continue;
            }
            Recovered got = recover(Arrays.copyOf(sample.bytes(), length));
            assertFalse(got.result().whole(), () -> "cut at " + cut);
            boolean endIsLost = length < sample.index() - checksumBytes(sample.group(sample.groups().size() - 1));
            assertEquals(endIsLost, got.result().lost(), () -> "cut at " + cut + got.losses());
            List<String> records = length < sample.index() ? open(got.records()) : got.records();
            assertEquals(before, records.subList(0, before.size()), () -> "cut at " + cut);
            assertTrue(sample.records().containsAll(records), () -> "cut at " + cut);
            assertTrue(got.losses().getFirst().damages().getFirst().offset() <= length);
        }
    }

    /** Returns the number of bytes after the content of a group's zstd frame (RFC 8878, section 3.1.1). */
    private static int checksumBytes(byte[] group) {
        boolean hasContentChecksum = (group[GroupHeader.BYTES + 4] & 4) != 0;
        return hasContentChecksum ? 4 : 0;
    }

    /** A zstd block holds 128 KiB: the content of whole blocks can be recovered. */
    @Test
    void aCutGroupGivesWhatIsLeftOfIt() throws Exception {
        Path path = folder.resolve("large.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            List<CaptureRecord> records = SampleRecords.snapshot(0);
            for (CaptureRecord record : records.subList(0, 4)) {
                out.write(record);
            }
            for (int i = 0; i < 30; i++) {
                byte[] noise = new byte[32_768];
                new java.util.Random(i).nextBytes(noise);
                out.write(new Datagram(1, i, 0, 0, noise.length, 0, SampleRecords.time(i),
                        io.netty.buffer.Unpooled.wrappedBuffer(noise)));
            }
            out.write(records.getLast());
            out.finish();
        }
        byte[] bytes = Files.readAllBytes(path);
        List<String> all = Reading.of(path).records();
        Recovered got = recover(Arrays.copyOf(bytes, 400_000));
        assertEquals(all.subList(0, got.records().size() - 1), open(got.records()));
        assertTrue(got.records().size() > 10, "records " + got.records().size());
        int last = got.records().size() - 7;
        assertEquals("loses " + last + " to ?, snapshots 0 to end", got.only());
        assertEquals(List.of(0), noted(got));
        assertEquals(last + 1, got.losses().getFirst().damages().getFirst().datagram());
    }

    /** The frame after it is whole, and the groups around it identify it. */
    @Test
    void aBrokenHeaderCostsNothing() throws Exception {
        for (int group = 0; group < sample.groups().size(); group++) {
            for (int at = 0; at < GroupHeader.BYTES; at += 9) {
                byte[] bytes = sample.bytes().clone();
                bytes[sample.groups().get(group) + at] ^= 4;
                String what = "group " + group + ", byte " + at;
                Recovered got = recover(bytes);
                assertEquals(sample.records(), got.reading().records(), what);
                assertFalse(got.result().whole() || got.result().lost(), what);
            }
        }
        byte[] several = sample.bytes().clone();
        several[sample.groups().get(1)] ^= 4;
        several[sample.groups().get(2) + 30] ^= 4;
        assertEquals(sample.records(), recover(several).reading().records());
        byte[] second = SampleFile.write(folder, 2, 1).bytes();
        second[20] ^= 1;
        Recovered joined = recover(sample.bytes(), second);
        assertFalse(joined.result().lost(), () -> joined.losses().toString());
    }

    @Test
    void anyFlippedBitLosesTheGroupAtMost() throws Exception {
        for (int at = 0; at < sample.bytes().length; at += 5) {
            byte[] bytes = sample.bytes().clone();
            bytes[at] ^= (byte) (1 << at % 8);
            int place = at;
            Recovered got = recover(bytes);
            assertFalse(got.result().whole(), () -> "byte " + place);
            int group = (int) sample.groups().stream().filter(offset -> offset <= place).count() - 1;
            int first = group == 0 ? 0 : 2 + group * 10;
            List<String> kept = at >= sample.index() || group == 4
                    ? open(sample.records())
                    : open(without(first, 2 + (group + 1) * 10));
            assertTrue(got.records().containsAll(kept), () -> "byte " + place);
            Damage damage = got.losses().getFirst().damages().getFirst();
            assertTrue(damage.offset() <= at && at < damage.offset() + damage.bytes(), () -> place + ": " + damage);
        }
    }

    @Test
    void nothingIsOverwrittenAndNothingMadeOfNothing() throws Exception {
        Path from = Files.write(folder.resolve("a.reel"), sample.bytes());
        Path to = Files.writeString(folder.resolve("b.reel"), "mine");
        assertThrows(FileAlreadyExistsException.class, () -> CaptureRecovery.run(from, to, loss -> {}));
        assertThrows(FileAlreadyExistsException.class, () -> CaptureRecovery.run(from, from, loss -> {}));
        assertEquals("mine", Files.readString(to));
        assertArrayEquals(sample.bytes(), Files.readAllBytes(from));
        Path none = folder.resolve("none.reel");
        Path noRecord = Files.write(folder.resolve("c.reel"), Arrays.copyOf(sample.bytes(), GroupHeader.BYTES + 3));
        assertThrows(NotACaptureException.class, () -> CaptureRecovery.run(noRecord, none, loss -> {}));
        assertThrows(NotACaptureException.class, () -> CaptureRecovery.run(to, none, loss -> {}));
        assertFalse(Files.exists(none));
    }

    @Test
    void aCaptureContinuedAfterAnotherIsNoCopyOfItself() throws Exception {
        byte[] second = SampleFile.write(folder, 1, 1).bytes();
        byte[] early = Arrays.copyOf(sample.bytes(), sample.groups().get(2));
        Recovered got = recover(early, second, sample.bytes());
        assertTrue(got.records().containsAll(open(sample.records())));
        assertEquals(3, got.reading().records().stream().filter(r -> r.startsWith("1:")).count());
    }
}
