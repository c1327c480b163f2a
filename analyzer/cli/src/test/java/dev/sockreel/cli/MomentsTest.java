package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.GroupEntry;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.reading.Moments;
import dev.sockreel.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One snapshot of a long capture, which is gone to, is what {@code --all} shows of it, which reads everything. */
class MomentsTest {
    private static final int SNAPSHOTS = 150;
    private static final Pattern NUMBER = Pattern.compile("\"snapshot\":(\\d+)");

    @TempDir
    private Path folder;

    @Test
    void everySnapshotOfAClosedFile() throws IOException {
        Path reel = LongCapture.write(folder, SNAPSHOTS, true);
        assertTrue(wentTo(reel, SNAPSHOTS / 2));
        int[] each = new int[SNAPSHOTS];
        Arrays.setAll(each, i -> i);
        check(reel, all(reel), 0, each);
        assertTrue(CommandRun.of(reel, "show", "--snapshot", "149", "--format", "ndjson").out().contains("number-0"),
                "the facts of a later scan are not shown");
    }

    @Test
    void aFileThatIsBeingRecorded() throws IOException {
        Path reel = LongCapture.write(folder, SNAPSHOTS, false);
        assertTrue(wentTo(reel, SNAPSHOTS / 2));
        check(reel, all(reel), 4, 0, 3, 4, 36, 37, 61, 74, 76, 77, 111, 120, 147, 148, 149);
    }

    /** Without its last group's end, and so cut inside a snapshot. */
    @Test
    void aFileThatIsCut() throws IOException {
        Path reel = LongCapture.write(folder, SNAPSHOTS, false);
        byte[] bytes = Files.readAllBytes(reel);
        Files.write(reel, Arrays.copyOf(bytes, bytes.length - 10));
        assertTrue(wentTo(reel, SNAPSHOTS / 2));
        check(reel, all(reel), 4, 3, 60, 100, 147, 148);
    }

    @Test
    void joinedFilesAreReadWhole() throws IOException {
        Path reel = LongCapture.write(folder, SNAPSHOTS, true);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(Files.readAllBytes(reel));
        joined.write(Files.readAllBytes(LiveCapture.reel(folder)));
        Path both = Files.write(folder.resolve("both.reel"), joined.toByteArray());
        assertFalse(wentTo(both, SNAPSHOTS / 2));
        check(both, all(both), 0, 75, 149);
    }

    /** Damage counts where it is met: in what the snapshot needs. */
    @Test
    void damageBeforeAndAfterTheSnapshot() throws IOException {
        Path reel = LongCapture.write(folder, SNAPSHOTS, true);
        byte[] whole = Files.readAllBytes(reel);
        List<GroupEntry> groups;
        try (CaptureReader in = CaptureReader.open(reel)) {
            groups = in.groups();
        }
        for (int damaged : new int[] {20, 74, 99, 101, 102, 140}) {
            byte[] bytes = whole.clone();
            GroupEntry group = groups.stream().filter(g -> g.firstSnapshot() == damaged).findFirst().orElseThrow();
            bytes[(int) group.offset() + 64 + 20] ^= 0x10;
            Files.write(reel, bytes);
            CommandRun one = CommandRun.of(reel, "show", "--snapshot", "100", "--format", "ndjson");
            // the scan of snapshot 74, the middle key 60, and two on each side
            boolean isNeeded = damaged >= 60 && damaged <= 102;
            assertEquals(isNeeded ? 4 : 0, one.exit(), "damage in snapshot " + damaged + ": " + one.err());
            assertEquals(all(reel).getOrDefault(100, ""), one.out(), "damage in snapshot " + damaged);
            assertEquals(isNeeded, one.err().contains("byte " + group.offset()), one.err());
        }
    }

    /** The index is a hint: where it leads astray, all is read. */
    @Test
    void aHeaderThatIsNotAsTheIndexSays() throws IOException {
        Path reel = LongCapture.write(folder, SNAPSHOTS, true);
        byte[] bytes = Files.readAllBytes(reel);
        GroupEntry group;
        try (CaptureReader in = CaptureReader.open(reel)) {
            group = in.groups().stream().filter(g -> g.firstSnapshot() == 98).findFirst().orElseThrow();
        }
        bytes[(int) group.offset() + 26] ^= 1;
        Files.write(reel, bytes);
        CommandRun one = CommandRun.of(reel, "show", "--snapshot", "100", "--format", "ndjson").exits(4);
        assertTrue(one.err().contains("byte " + group.offset()), one.err());
        assertEquals(all(reel).get(100), one.out());
    }

    @Test
    void timesAndTheLastCompleteOne() throws IOException {
        Path reel = LongCapture.write(folder, SNAPSHOTS, true);
        Map<Integer, String> all = all(reel);
        assertEquals(all.get(149), CommandRun.of(reel, "show", "--format", "ndjson").exits(0).out());
        assertEquals(all.get(0), CommandRun.of(reel, "show", "--at", "+0s", "--format", "ndjson").exits(0).out());
        CommandRun at = CommandRun.of(reel, "show", "--at", "+100s", "--format", "ndjson").exits(0);
        assertEquals(all.get(100), at.out());
        assertTrue(at.err().startsWith("snapshot 100, "), at.err());
        CommandRun outside = CommandRun.of(reel, "show", "--at", "-1h").exits(3);
        assertTrue(outside.err().contains("snapshots 0 to 149"), outside.err());
        CommandRun none = CommandRun.of(reel, "show", "--snapshot", "150").exits(3);
        assertTrue(none.err().contains("it has snapshots 0 to 149"), none.err());
    }

    @Test
    void snapshotsOneAfterAnotherAndTheirDiff() throws IOException {
        Path reel = LongCapture.write(folder, SNAPSHOTS, true);
        try (Moments moments = Moments.open(reel)) {
            assertTrue(moments.go(101, 104));
            for (int i = 101; i <= 104; i++) {
                Snapshot s = moments.next();
                assertEquals(i, s == null ? -1 : s.index());
            }
            assertTrue(moments.next() == null && moments.leave());
        }
        Path shorter = LongCapture.write(folder, 8, true); // is read whole
        for (String format : List.of("text", "json")) {
            String near = CommandRun.of(reel, "diff", "--from", "1", "--to", "3", "--format", format).exits(0).out();
            String whole = CommandRun.of(shorter, "diff", "--from", "1", "--to", "3", "--format", format).exits(0)
                    .out();
            assertEquals(whole.replace(shorter.toString(), "FILE"), near.replace(reel.toString(), "FILE"));
        }
        CommandRun.of(reel, "diff", "--from", "103", "--to", "101").exits(2);
    }

    private static boolean wentTo(Path reel, int index) throws IOException {
        try (Moments moments = Moments.open(reel)) {
            return moments.go(index, index) && moments.next() != null && moments.leave();
        }
    }

    private static void check(Path reel, Map<Integer, String> all, int exit, int... snapshots) {
        for (int i : snapshots) {
            CommandRun one = CommandRun.of(reel, "show", "--snapshot", "" + i, "--format", "ndjson").exits(exit);
            assertEquals(all.get(i), one.out(), "snapshot " + i);
        }
    }

    /** Returns the lines of each snapshot, by its number. */
    private static Map<Integer, String> all(Path reel) {
        Map<Integer, String> lines = new HashMap<>();
        CommandRun.of(reel, "show", "--all", "--format", "ndjson").out().lines().forEach(line -> {
            Matcher number = NUMBER.matcher(line);
            assertTrue(number.find(), line);
            lines.merge(Integer.parseInt(number.group(1)), line + "\n", String::concat);
        });
        return lines;
    }
}
