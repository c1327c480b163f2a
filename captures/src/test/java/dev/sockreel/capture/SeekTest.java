package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeks snapshots, with and without an index. */
class SeekTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void everySnapshotIsFoundWithIndexAndWithout() throws Exception {
        Path path = write(0, 6, 100);
        check(path, 0, 6);
        List<GroupEntry> indexed = groups(path);
        cutLastByte(path);
        assertEquals(indexed, groups(path));
        check(path, 0, 6);
    }

    /** The first group of a later part holds header, host and a snapshot that is not 0. */
    @Test
    void theFirstSnapshotOfALaterPartIsFound() throws Exception {
        Path path = write(17, 20, 100);
        check(path, 17, 20);
        cutLastByte(path);
        check(path, 17, 20);
    }

    /** Snapshots may have several groups: seeking goes to the group in which the snapshot begins. */
    @Test
    void aSnapshotOfManyGroupsIsFoundAtItsBegin() throws Exception {
        Path path = write(17, 20, 3 << 20);
        assertTrue(groups(path).size() > 9);
        check(path, 17, 20);
        cutLastByte(path);
        check(path, 17, 20);
    }

    @Test
    void aSnapshotThatNeverEndedDoesNotHideTheNext() throws Exception {
        Path path = folder.resolve("stopped.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            out.write(new SnapshotBegin(0, SampleRecords.time(0)));
            out.write(SampleRecords.lossNote());
            out.write(SampleRecords.datagram(1, 0, 5));
            out.write(new SnapshotBegin(1, SampleRecords.time(1)));
            out.write(SampleRecords.lossNote());
            out.write(SampleRecords.datagram(2, 0, 5));
            out.finish();
        }
        check(path, 0, 2);
    }

    /** A note between two snapshots precedes the second and does not hide it. */
    @Test
    void aNoteBetweenSnapshotsDoesNotHideTheNext() throws Exception {
        Path path = folder.resolve("note.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            for (int i = 0; i < 3; i++) {
                out.write(new RecorderNote(i, -1, RecorderNote.Kind.MISSED_TICKS, 1, SampleRecords.time(i), ""));
                for (CaptureRecord record : SampleRecords.snapshot(i)) {
                    out.write(record);
                }
            }
            out.finish();
        }
        check(path, 0, 3);
    }

    @Test
    void groupsListOwnersAndTimes() throws Exception {
        List<GroupEntry> groups = groups(write(0, 2, 100));
        assertTrue(groups.getFirst().hasOwners());
        assertEquals(SampleRecords.time(101).realtimeNs(), groups.get(1).realtimeNs());
        assertFalse(groups.getLast().hasOwners());
    }

    private static void check(Path path, int from, int to) throws IOException {
        try (CaptureReader in = CaptureReader.open(path)) {
            for (int snapshot = to - 1; snapshot >= from; snapshot--) {
                assertTrue(in.seek(snapshot), "snapshot " + snapshot);
                CaptureRecord record = in.next();
                while (!(record instanceof SnapshotBegin) && record != null) {
                    assertFalse(record instanceof Datagram);
                    record = in.next();
                }
                assertEquals(snapshot, assertInstanceOf(SnapshotBegin.class, record).snapshot());
            }
            assertFalse(in.seek(to));
            assertFalse(in.seek(from - 1));
            assertEquals(0, in.damageCount());
        }
    }

    private Path write(int from, int to, int datagramBytes) throws IOException {
        Path path = folder.resolve("seek-" + from + "-" + datagramBytes + ".reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(1))) {
            out.write(SampleRecords.host());
            for (int i = from; i < to; i++) {
                List<CaptureRecord> records = SampleRecords.snapshot(i);
                for (CaptureRecord record : records.subList(0, records.size() - 1)) {
                    out.write(record);
                }
                out.write(SampleRecords.lossNote());
                for (int n = 2; n < 6; n++) {
                    out.write(SampleRecords.datagram(i * 10 + 1, n, datagramBytes));
                }
                out.write(records.getLast());
            }
            out.finish();
        }
        return path;
    }

    private static List<GroupEntry> groups(Path path) throws IOException {
        try (CaptureReader in = CaptureReader.open(path)) {
            return in.groups();
        }
    }

    private static void cutLastByte(Path path) throws IOException {
        try (var file = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
            file.truncate(Files.size(path) - 1);
        }
    }
}
