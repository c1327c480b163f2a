package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.SnapshotBegin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the result of {@code cat a.reel b.reel}: captures follow one another, and copies are returned once. */
class JoinedFilesTest {
    private static final SampleFile NONE = new SampleFile(new byte[0], List.of(), List.of(), 0);

    @TempDir
    Path folder = Path.of("");

    private SampleFile a = NONE;
    private SampleFile b = NONE;

    @BeforeEach
    void writeTwo() throws Exception {
        a = SampleFile.write(folder, 3, 0);
        b = SampleFile.write(folder, 2, 1);
    }

    private Reading read(byte[]... parts) throws Exception {
        return Reading.of(Files.write(folder.resolve("joined.reel"), SampleFile.join(parts)));
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    @Test
    void twoCapturesAreReadOneAfterTheOther() throws Exception {
        Reading reading = read(a.bytes(), b.bytes());
        assertEquals(join(a.records(), b.records()), reading.records());
        assertTrue(reading.whole(), () -> reading.damages().toString());
    }

    @Test
    void groupsAndRecordsAreOfTheFileThatTheyWereRecordedInto() throws Exception {
        Path path = Files.write(folder.resolve("joined.reel"), SampleFile.join(a.bytes(), b.bytes(), a.bytes()));
        long ofA = SampleRecords.header(0).fileId();
        long ofB = SampleRecords.header(1).fileId();
        try (CaptureReader in = CaptureReader.open(path)) {
            List<Long> groups = in.groups().stream().map(GroupEntry::fileId).toList();
            List<Long> expected = new ArrayList<>(Collections.nCopies(a.groups().size(), ofA));
            expected.addAll(Collections.nCopies(b.groups().size(), ofB));
            expected.addAll(Collections.nCopies(a.groups().size(), ofA));
            assertEquals(expected, groups);
            assertEquals(0, in.fileId());
            for (int i = 0; in.next() != null; i++) {
                assertEquals(i < a.records().size() ? ofA : ofB, in.fileId(), "record " + i);
            }
        }
        Path alone = Files.write(folder.resolve("b.reel"), b.bytes());
        try (CaptureReader in = CaptureReader.open(alone)) {
            assertEquals(Collections.nCopies(b.groups().size(), ofB), // from the index
                    in.groups().stream().map(GroupEntry::fileId).toList());
        }
    }

    @Test
    void whatStandsTwiceIsGivenOnce() throws Exception {
        for (byte[][] parts : new byte[][][] {{a.bytes(), a.bytes()}, {a.bytes(), a.bytes(), a.bytes()}}) {
            Reading reading = read(parts);
            assertEquals(a.records(), reading.records());
            assertTrue(reading.whole(), () -> reading.damages().toString());
        }
        Reading reading = read(a.bytes(), b.bytes(), a.bytes(), b.bytes());
        assertEquals(join(a.records(), b.records()), reading.records());
        assertTrue(reading.whole(), () -> reading.damages().toString());
    }

    @Test
    void anyBitFlippedInACopyIsReportedAndAddsNothing() throws Exception {
        byte[] twice = SampleFile.join(a.bytes(), a.bytes());
        Path path = folder.resolve("flipped.reel");
        for (int at = a.bytes().length; at < twice.length; at += 3) {
            int place = at;
            twice[at] ^= (byte) (1 << at % 8);
            Files.write(path, twice);
            Reading reading = Reading.of(path);
            assertFalse(reading.whole(), () -> "byte " + place);
            assertEquals(a.records(), reading.records(), () -> "byte " + place);
            twice[at] ^= (byte) (1 << at % 8);
        }
    }

    @Test
    void aCopyThatIsCutIsNotWhole() throws Exception {
        for (int length = 1; length < a.bytes().length; length += 5) {
            int cut = length;
            Reading reading = read(a.bytes(), Arrays.copyOf(a.bytes(), length));
            assertFalse(reading.whole(), () -> "cut at " + cut);
            assertEquals(a.records(), reading.records(), () -> "cut at " + cut);
        }
    }

    @Test
    void whatIsJoinedToAFileThatIsCutIsReadWholly() throws Exception {
        for (int length = GroupHeader.BYTES; length < a.bytes().length; length += 2) {
            int cut = length;
            Reading reading = read(Arrays.copyOf(a.bytes(), length), b.bytes());
            assertFalse(reading.whole(), () -> "cut at " + cut);
            List<String> before = a.recordsUpTo(length, folder.resolve("scratch"));
            List<String> got = reading.records();
            assertEquals(before, got.subList(0, before.size()), () -> "cut at " + cut);
            assertEquals(b.records(), got.subList(Math.max(0, got.size() - b.records().size()), got.size()),
                    () -> "cut at " + cut + ": " + reading.damages());
            assertTrue(new HashSet<>(a.records()).containsAll(got.subList(0, got.size() - b.records().size())));
        }
    }

    /** A copy taken during the recording is followed by the whole file. */
    @Test
    void anEarlyCopyDoesNotHideTheRest() throws Exception {
        byte[] early = Arrays.copyOf(a.bytes(), a.groups().get(2));
        Reading reading = read(early, a.bytes());
        assertEquals(a.records(), reading.records());
        assertEquals(1, reading.damages().size(), () -> reading.damages().toString());
        assertTrue(reading.damages().getFirst().why().contains("was not closed"), () -> reading.damages().toString());
        assertEquals(early.length, reading.damages().getFirst().offset());
        Reading between = read(early, b.bytes(), a.bytes());
        assertEquals(join(a.recordsUpTo(early.length, folder.resolve("scratch")),
                join(b.records(), a.records().subList(22, a.records().size()))), between.records());
    }

    @Test
    void aSeamThatIsNotWholeIsReported() throws Exception {
        byte[] noIndex = Arrays.copyOf(a.bytes(), a.index());
        byte[] noFirst = Arrays.copyOfRange(b.bytes(), b.groups().get(1), b.bytes().length);
        byte[] stray = new byte[100];
        for (byte[][] parts : new byte[][][] {
            {noIndex, b.bytes()}, {a.bytes(), noFirst}, {a.bytes(), stray, b.bytes()},
            {a.bytes(), a.indexBytes(), b.bytes()}, {a.bytes(), b.group(0)}, {a.bytes(), a.group(3)}
        }) {
            Reading reading = read(parts);
            assertFalse(reading.whole());
            assertFalse(reading.damages().isEmpty() && reading.ending() == CaptureReader.Ending.CLOSED);
        }
        assertTrue(read(a.bytes(), stray, b.bytes()).records().containsAll(b.records()));
    }

    @Test
    void allGroupsAreListedAndFound() throws Exception {
        SampleFile later = later();
        Path path = Files.write(folder.resolve("parts.reel"), SampleFile.join(a.bytes(), later.bytes()));
        try (CaptureReader in = CaptureReader.open(path)) {
            assertEquals(a.groups().size() + later.groups().size(), in.groups().size());
            assertEquals(a.bytes().length + later.groups().get(1), in.groups().get(a.groups().size() + 1).offset());
            assertTrue(in.seek(8));
            CaptureRecord first = in.next();
            assertEquals(8, assertInstanceOf(SnapshotBegin.class, first).snapshot());
            assertTrue(in.seek(1));
            assertEquals(1, assertInstanceOf(SnapshotBegin.class, in.next()).snapshot());
            while (in.next() != null) {
                assertEquals(0, in.damageCount());
            }
            assertTrue(in.isWhole());
        }
    }

    /** Writes the next part of the same rotated recording, snapshots 7 and 8. */
    private SampleFile later() throws Exception {
        Path path = folder.resolve("later.reel");
        List<Integer> groups = new ArrayList<>(List.of(0));
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(1))) {
            for (int snapshot = 7; snapshot < 9; snapshot++) {
                for (CaptureRecord record : SampleRecords.snapshot(snapshot)) {
                    out.write(record);
                }
                groups.add((int) out.fileBytes());
            }
            out.finish();
        }
        return new SampleFile(Files.readAllBytes(path), List.of(), groups, 0);
    }
}
